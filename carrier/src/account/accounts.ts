/** The accounts of this carrier: the main one and the subaccounts it has opened, each with numbers, calls and keys of its own. In memory. */
import { limits } from "../limits.ts";
import type { Accounts, Plant } from "../plant.ts";

/** `main` is asked only once the main account's plant is there; `build` makes the plant of a new subaccount. */
export function createAccounts(main: () => Plant, build: (friendlyName: string) => Plant): Accounts {
  const subaccounts = new Map<string, Plant>();
  const list = () => [main(), ...subaccounts.values()];
  return {
    get main() {
      return main();
    },
    find: (sid) => (sid === main().account.sid ? main() : subaccounts.get(sid)),
    list,
    open(friendlyName) {
      if (subaccounts.size >= limits.subaccounts) return null;
      const plant = build(friendlyName);
      subaccounts.set(plant.account.sid, plant);
      return plant;
    },
    withCall(sid) {
      for (const plant of list()) {
        const call = plant.exchange.get(sid);
        if (call) return { plant, call };
      }
      return undefined;
    },
    liveCalls: () => list().reduce((sum, { exchange }) => sum + exchange.liveCalls(), 0),
    ownerOf(phoneNumber) {
      for (const plant of list()) {
        const number = plant.numbers.byNumber(phoneNumber);
        if (number) return { plant, number };
      }
      return undefined;
    },
  };
}
