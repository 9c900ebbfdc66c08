/** The addresses a call is reached at. No numbers, names or ids of ours stand in them: only unguessable tokens. */
import type { Links, NumberLinks, PlacedLinks, TurnKind } from "../providers/provider.ts";

/** Where the phone asks for `turn`. */
export function turnUrl(base: string, token: string, turn: number, kind: TurnKind): string {
  return `${base}/t/${token}/${turn}/${kind}`;
}

export function turnLinks(base: string, token: string, turn: number): Links {
  return linksBy((kind) => turnUrl(base, token, turn, kind), `${base}/t/${token}/${turn}/leg-verdict`);
}

/** Every way back leads to one address: for replies that only ask to come again. */
export function sameLinks(url: string): Links {
  return linksBy(() => url, url);
}

function linksBy(link: (kind: TurnKind) => string, legVerdict: string): Links {
  return {
    input: link("input"),
    "no-input": link("no-input"),
    done: link("done"),
    poll: link("poll"),
    recording: link("recording"),
    dial: link("dial"),
    legVerdict,
  };
}

export function numberLinks(base: string, hookToken: string): NumberLinks {
  const link = (name: string) => `${base}/hooks/${hookToken}/${name}`;
  return { voice: link("voice"), fallback: link("fallback"), status: link("status") };
}

/** The addresses of a call we place, known before there is a call. */
export function placedLinks(base: string, token: string): PlacedLinks {
  const link = (name: string) => `${base}/out/${token}/${name}`;
  return {
    voice: link("voice"),
    fallback: link("fallback"),
    status: link("status"),
    verdict: link("verdict"),
  };
}
