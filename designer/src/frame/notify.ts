/** Short messages at the foot of the window, drawn by toasts.tsx. A store without React, so that anybody may speak. */
export interface Toast {
  readonly id: number;
  readonly message: string;
  readonly tone: "plain" | "error";
}

let toasts: readonly Toast[] = [];
let lastId = 0;
const listeners = new Set<() => void>();

export const toastStore = {
  get: () => toasts,
  subscribe(listener: () => void) {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};

export function tell(message: string) {
  show(message, "plain", 5000);
}

/** Something was not done: what, and why. */
export function refuse(message: string) {
  show(message, "error", 8000);
}

/** A passing word: what was just undone. */
export function mention(message: string) {
  show(message, "plain", 1600);
}

export function dismiss(id: number) {
  become(toasts.filter((toast) => toast.id !== id));
}

/** The newest replaces what is there: nobody reads a pile. */
function show(message: string, tone: Toast["tone"], ms: number) {
  const id = ++lastId;
  become([{ id, message, tone }]);
  setTimeout(() => dismiss(id), ms);
}

function become(next: readonly Toast[]) {
  toasts = next;
  for (const listener of listeners) listener();
}
