/** Who is signed in, for which client, on which line. */
import { createContext, useContext } from "react";
import type { SessionInfo } from "../api.ts";

export interface Session extends SessionInfo {
  reload(): void;
}

const context = createContext<Session | null>(null);
export const SessionProvider = context.Provider;

export function useSession(): Session {
  const session = useContext(context);
  if (!session) throw new Error("Expected a signed-in page.");
  return session;
}
