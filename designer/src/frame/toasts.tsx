import { CloseButton } from "@mantine/core";
import { dismiss, toastStore } from "./notify.ts";
import { useStore } from "./use-store.ts";

export function Toasts() {
  const toasts = useStore(toastStore, toastStore.get);
  return (
    <div className="toasts" role="status" aria-label="Messages">
      {toasts.map((toast) => (
        <div key={toast.id} className="toast" data-tone={toast.tone}>
          {toast.message}
          <CloseButton size="sm" aria-label="Dismiss" onClick={() => dismiss(toast.id)} />
        </div>
      ))}
    </div>
  );
}
