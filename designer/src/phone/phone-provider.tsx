import {
  createContext,
  lazy,
  Suspense,
  useContext,
  useEffect,
  useMemo,
  useState,
  useSyncExternalStore,
} from "react";
import type { PhoneCall, PhoneState } from "./phone-call.ts";

const PhonePanel = lazy(() => import("./phone-panel.tsx").then((one) => ({ default: one.PhonePanel })));

interface Phone {
  /** Call a number; a call that is still on is ended first. */
  call(number: string): void;
  readonly state: PhoneState | null;
}

const context = createContext<Phone>({ call: () => {}, state: null });

/** The browser's telephone, above all pages so that a call survives walking between them. */
export function PhoneProvider({ children }: { children: React.ReactNode }) {
  const [current, setCurrent] = useState<PhoneCall | null>(null);
  useEffect(() => () => current?.close(), [current]);
  const state = useSyncExternalStore(current?.subscribe ?? never, () => current?.state() ?? null);
  const phone = useMemo(
    (): Phone => ({
      state,
      call: (number) => {
        current?.hangUp();
        void import("./phone-call.ts").then((module) =>
          setCurrent(module.startPhoneCall(number, current?.state().muted ?? false)),
        );
      },
    }),
    [current, state],
  );
  return (
    <context.Provider value={phone}>
      {children}
      {current && state && (
        <Suspense>
          <PhonePanel
            call={current}
            state={state}
            onClose={() => {
              current.hangUp();
              setCurrent(null);
            }}
          />
        </Suspense>
      )}
    </context.Provider>
  );
}

export function usePhone(): Phone {
  return useContext(context);
}

function never() {
  return () => {};
}
