/** The addresses a call is reached at. No numbers, names or ids of ours stand in them: only unguessable tokens. */
import type { Links, NumberLinks, TurnKind } from "../providers/provider.ts";

/** Where the phone asks for `turn`. */
export function turnUrl(base: string, token: string, turn: number, kind: TurnKind): string {
  return `${base}/t/${token}/${turn}/${kind}`;
}

export function turnLinks(base: string, token: string, turn: number): Links {
  const link = (kind: TurnKind) => turnUrl(base, token, turn, kind);
  return { input: link("input"), "no-input": link("no-input"), done: link("done"), poll: link("poll") };
}

/** Every way back leads to one address: for replies that only ask to come again. */
export function sameLinks(url: string): Links {
  return { input: url, "no-input": url, done: url, poll: url };
}

export function numberLinks(base: string, hookToken: string): NumberLinks {
  const link = (name: string) => `${base}/hooks/${hookToken}/${name}`;
  return { voice: link("voice"), fallback: link("fallback"), status: link("status") };
}
