import { useEffect, useRef, useState } from "react";
import { api } from "../api.ts";
import { useTitle } from "./page.tsx";

/** Opens with the one-time link from the terminal. The token stands behind the #, so it reaches no log. */
export function SignInPage() {
  useTitle("Sign in");
  const [refused, setRefused] = useState<string | null>(null);
  const token = useRef(window.location.pathname === "/sign-in" ? window.location.hash.slice(1) : "");
  const asked = useRef(false);
  useEffect(() => {
    if (!token.current || asked.current) return;
    asked.current = true;
    window.history.replaceState(null, "", "/sign-in");
    void api.signIn(token.current).then((answer) => {
      if (answer.ok) window.location.replace("/");
      else setRefused(answer.fault.sentence);
    });
  }, []);
  return (
    <div className="centred">
      <div className="mark" aria-hidden>
        T
      </div>
      {token.current && refused === null ? (
        <p role="status">Signing in…</p>
      ) : (
        <>
          <h1>{refused === null ? "Sign in to Trunkline" : "This link does not work"}</h1>
          {refused !== null && <p role="alert">{refused}</p>}
          <p className="muted">
            Open the one-time link that the terminal printed when Trunkline started. Each link works once;
            starting Trunkline again prints a new one.
          </p>
        </>
      )}
    </div>
  );
}
