import { useEffect, useMemo, useState } from "react";
import { api, type FlowDetail } from "../api.ts";
import { createAutosave } from "../document/autosave.ts";
import { createStore } from "../document/store.ts";
import { useStore } from "../frame/use-store.ts";

/** The document store of an open flow with its autosave; both live as long as the editor. */
export function useDraft(opened: FlowDetail) {
  // The first answer only: what comes later is this store's own doing, or a conflict that autosave shows.
  const [made] = useState(() => {
    const store = createStore(opened.document);
    return {
      store,
      autosave: createAutosave(store, opened, (document, revision) =>
        api.saveDraft(opened.id, document, revision),
      ),
    };
  });
  const { store, autosave } = made;
  useEffect(() => {
    const guard = (event: BeforeUnloadEvent) => {
      if (autosave.state().is === "saved") return;
      void autosave.flush();
      event.preventDefault();
    };
    const hidden = () => document.visibilityState === "hidden" && void autosave.flush();
    window.addEventListener("beforeunload", guard);
    document.addEventListener("visibilitychange", hidden);
    return () => {
      window.removeEventListener("beforeunload", guard);
      document.removeEventListener("visibilitychange", hidden);
      void autosave.flush();
    };
  }, [autosave]);
  const flow = useStore(store, store.flow);
  const history = useStore(store, store.history);
  const saving = useStore(autosave, autosave.state);
  return useMemo(
    () => ({ store, autosave, flow, history, saving }),
    [store, autosave, flow, history, saving],
  );
}
