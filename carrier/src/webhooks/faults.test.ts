/** Faults on demand: what they do to callbacks of each kind and to REST requests, and whom they meet (protocol 2 and 4: callbacks may come twice, late, overtaken or never). */
import { describe, expect, test } from "vitest";
import { clientOf } from "../testdata/client.ts";
import { caller, number, openLine, placeCall, rest, type TestLine, twiml } from "../testdata/line.ts";
import { type FaultPlan, faultRates, faultsFromRates } from "./faults.ts";

async function onLine<T>(run: (line: TestLine) => Promise<T>): Promise<T> {
  const line = await openLine();
  try {
    return await run(line);
  } finally {
    await line.close();
  }
}

const events = ["initiated", "ringing", "answered", "completed"];
/** What becomes of the callbacks of a conference of one, as seconds, event and SequenceNumber. */
const conference: [what: string, fault: ReturnType<NonNullable<FaultPlan["information"]>>, told: string[]][] =
  [
    ["in order", undefined, ["0 participant-join 1", "9 participant-leave 2", "9 conference-end 3"]],
    [
      "duplicated",
      { copies: 2 },
      ["0 participant-join 1", "0 participant-join 1", "9 participant-leave 2", "9 conference-end 3"],
    ],
    ["dropped", { copies: 0 }, ["9 participant-leave 2", "9 conference-end 3"]],
    [
      "delayed",
      { delaySeconds: 30 },
      ["9 participant-leave 2", "9 conference-end 3", "30 participant-join 1"],
    ],
    [
      "held back, though nothing comes soon",
      { afterNext: true },
      ["5 participant-join 1", "9 participant-leave 2", "9 conference-end 3"],
    ],
  ];
describe("a conference's first callback", () => {
  test.each(conference)("%s", (_what, fault, told) =>
    onLine(async (line) => {
      let first = true;
      line.carrier.setFaults({
        information({ about }) {
          const given = first && about === "conference" ? fault : undefined;
          first = false;
          return given;
        },
      });
      line.on("/room", { status: 204 });
      line.on(
        "/voice",
        twiml(
          '<Dial><Conference statusCallback="/room" statusCallbackEvent="join leave end">r</Conference></Dial>',
        ),
      );
      line.carrier.call({
        from: caller,
        to: number,
        script: { steps: [{ silentSeconds: 9 }, { hangUp: true }] },
      });
      await line.clock.runUntilIdle();
      const seen = line.received
        .filter(({ path }) => path === "/room")
        .map(
          ({ at, parameters }) =>
            `${Math.floor(at)} ${parameters.StatusCallbackEvent} ${parameters.SequenceNumber}`,
        );
      expect(seen.filter((one) => /^(5|30|0)/.test(one))).toEqual(
        told.filter((one) => /^(5|30|0)/.test(one)),
      );
      expect(seen.toSorted()).toEqual(told.toSorted());
    }),
  );

  test("overtaken by the next", () =>
    onLine(async (line) => {
      let first = true;
      line.carrier.setFaults({
        information() {
          const afterNext = first;
          first = false;
          return { afterNext };
        },
      });
      line.on("/room", { status: 204 });
      line.on(
        "/voice",
        twiml(
          '<Dial><Conference statusCallback="/room" statusCallbackEvent="join leave">r</Conference></Dial>',
        ),
      );
      line.carrier.call({
        from: caller,
        to: number,
        script: { steps: [{ silentSeconds: 2 }, { hangUp: true }] },
      });
      await line.clock.runUntilIdle();
      const seen = line.received.filter(({ path }) => path === "/room");
      expect(seen.map(({ at, parameters }) => `${at} ${parameters.StatusCallbackEvent}`)).toEqual([
        "2 participant-leave",
        "2 participant-join",
      ]);
    }));
});

test("status callbacks are numbered in firing order, from 0, whatever becomes of them, and travel side by side", () =>
  onLine(async (line) => {
    line.on("/voice", twiml('<Pause length="3"/>'));
    // The first answer takes so long that all others come meanwhile.
    line.on("/status", async ({ parameters }) => {
      if (parameters.SequenceNumber === "0") await line.clock.sleep(14_000);
      return { status: 204 };
    });
    await placeCall(line, { StatusCallback: `${line.application}/status`, StatusCallbackEvent: events });
    await line.clock.runUntilIdle();
    const told = line.received.filter(({ path }) => path === "/status");
    expect(
      told.map(({ parameters: { SequenceNumber, CallStatus } }) => `${SequenceNumber} ${CallStatus}`),
    ).toEqual(["0 initiated", "1 ringing", "2 in-progress", "3 completed"]);
    expect(told[3]!.at).toBeLessThan(14);
    expect(line.carrier.alerts()).toEqual([]);
  }));

/** Who is met: all is dropped that `only` names. */
const only: [what: string, only: object, told: string[]][] = [
  ["no one named: all", {}, []],
  ["status callbacks", { kinds: ["status"] }, ["/recording"]],
  ["recordings", { kinds: ["recording"] }, ["/status"]],
  ["several kinds", { kinds: ["recording", "status"] }, []],
  ["another kind", { kinds: ["conference"] }, ["/recording", "/status"]],
  ["by URL", { url: "/status" }, ["/recording"]],
  ["by call", { sid: "$1" }, []],
  ["another call", { sid: `CA${"0".repeat(32)}` }, ["/recording", "/status"]],
];
test.each(only)("faults meet %s", (_what, only, told) =>
  onLine(async (line) => {
    for (const path of ["/recording", "/status"]) line.on(path, { status: 204 });
    line.on("/voice", twiml('<Record recordingStatusCallback="/recording" action="/end" timeout="1"/>'));
    line.on("/end", twiml(""));
    line.carrier.setNumber(number, { statusCallback: `${line.application}/status` });
    const call = line.carrier.call({
      from: caller,
      to: number,
      script: { steps: [{ silentSeconds: 1 }, { say: "hello" }] },
    });
    const named = JSON.parse(JSON.stringify(only).replace("$1", call.sid)) as object;
    const rates = faultRates.parse({ only: named, statusCallbacks: { drop: 1 } });
    line.carrier.setFaults(faultsFromRates(rates));
    await line.clock.runUntilIdle();
    const seen = line.received
      .map(({ path }) => path)
      .filter((path) => path === "/recording" || path === "/status");
    expect(seen.toSorted()).toEqual(told);
  }),
);

describe("REST", () => {
  const rows: [what: string, rates: object, answer: string, calls: number, seconds: number][] = [
    ["without faults", {}, "201", 1, 0],
    ["429: never executed", { tooMany: 1 }, "429 20429", 0, 0],
    ["503: not executed", { fail: 1 }, "503 20503", 0, 0],
    ["500: executed all the same", { loseAnswer: 1 }, "500 20500", 1, 0],
    ["late", { delay: 1, delaySeconds: 7 }, "201", 1, 7],
    ["late, and then 429", { delay: 1, delaySeconds: 7, tooMany: 1 }, "429 20429", 0, 7],
  ];
  test.each(rows)("%s", (_what, restRequests, answer, calls, seconds) =>
    onLine(async (line) => {
      line.on("/voice", twiml(""));
      line.carrier.setFaults(faultsFromRates(faultRates.parse({ restRequests })));
      const begun = line.clock.now();
      let at = 0;
      const asked = rest(line, "POST", "/Calls.json", {
        To: "+15550150001",
        From: number,
        Url: `${line.application}/voice`,
      }).then(async (response) => {
        at = (line.clock.now() - begun) / 1000;
        // Twilio's documented shape.
        const body = (await response.json()) as { code?: number };
        return [response.status, ...(body.code === undefined ? [] : [body.code])].join(" ");
      });
      // The request is on its way while time stands still.
      for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
      while (line.clock.now() - begun < seconds * 1000) {
        await line.clock.advance(1000);
        for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
      }
      expect(await asked).toBe(answer);
      expect([line.carrier.calls().length, at]).toEqual([calls, seconds]);
      await line.clock.runUntilIdle();
    }),
  );

  test("the official client tries again after 429 when told to, and makes one call", () =>
    onLine(async (line) => {
      line.on("/voice", twiml(""));
      let refused = 0;
      line.carrier.setFaults({ restRequest: () => (refused++ < 2 ? { status: 429 } : undefined) });
      const client = clientOf(line);
      const create = () =>
        client.calls.create({ to: "+15550150001", from: number, url: `${line.application}/voice` });
      await expect(create()).rejects.toMatchObject({ status: 429, code: 20429 });
      await expect(create()).rejects.toMatchObject({ status: 429, code: 20429 });
      expect((await create()).status).toBe("queued");
      expect(line.carrier.calls().length).toBe(1);
      await line.clock.runUntilIdle();
    }));

  test("only the paths that are named, at about the asked rate, the same with the same seed", () => {
    const draw = (path: string) => {
      const plan = faultsFromRates(
        faultRates.parse({
          seed: 3,
          only: { kinds: ["rest"], url: "/Calls" },
          restRequests: { tooMany: 0.25 },
        }),
      );
      return Array.from({ length: 1000 }, () => plan.restRequest?.({ method: "POST", path })?.status ?? 0);
    };
    expect(draw("/Calls.json")).toEqual(draw("/Calls.json"));
    const met = draw("/Calls.json").filter((status) => status === 429).length;
    expect(met).toBeGreaterThan(200);
    expect(met).toBeLessThan(300);
    expect(draw("/Messages.json").every((status) => status === 0)).toBe(true);
  });
});
