import { describe, expect, it } from "vitest";
import { playNode } from "../testdata/one-node.ts";
import { request } from "./request.ts";

const text = (initial?: string) => ({
  type: "text",
  sensitivity: "internal",
  ...(initial === undefined ? {} : { initial }),
});

function asked(url: string, variables: object = {}) {
  const { effects, outcome } = playNode(
    "request",
    { method: "GET", url, map: [], timeoutSeconds: 5 },
    { variables },
  );
  const [effect] = effects;
  return effect?.effect === "http-request" ? effect.url : outcome;
}

describe("request", () => {
  it.each([
    ["https://x.example/m/{{id}}", "https://x.example/m/A%2F1"],
    ["https://x.example/m?id={{ id }}&on=1", "https://x.example/m?id=A%2F1&on=1"],
    ["https://x.example/m?id={{none}}", "https://x.example/m?id="],
    ["https://x.example/m?id={{up}}", "https://x.example/m?id=.."],
    ["https://x.example:8443/{{id}}/{{id|digits}}", "https://x.example:8443/A%2F1/A%20%2F%201"],
  ])("asks %s", (url, filled) => {
    expect(asked(url, { id: text("A/1"), none: text(), up: text("..") })).toBe(filled);
  });

  it.each([
    ["a way up", "https://x.example/m/{{up}}/status", ".."],
    ["a way up in two", "https://x.example/m/{{up}}{{up}}", "."],
    ["the folder itself", "https://x.example/m/.{{up}}", ""],
    ["a blank", "https://x.example/m/{{up}}", " "],
  ])("lets no value make another path of it: %s", (_name, url, value) => {
    expect(asked(url, { up: text(value) })).toBe("failed");
  });

  it.each([
    ["https://x.example/a/{{b}}", null],
    ["https://x.example?b={{ b }}", null],
    ["http://x.example/", "Expected an address such as"],
    ["https://{{host}}/", "Expected an address such as"],
    ["https://x.example{{b}}", "Expected an address such as"],
    ["https://user:secret@x.example/", "Expected an address such as"],
    ["https://x.example/a b", "Expected an address such as"],
    ["https://x.example/#a", "Expected an address such as"],
    ["https://x.example:99999/", "Expected a port up to 65535, found 99999."],
    ["https://x.example/a/../b", "Expected a path without . and .. in it"],
    ["https://x.example/a/%2E%2e", "Expected a path without . and .. in it"],
  ])("the address %s is answered: %s", (url, message) => {
    const parsed = request.config.safeParse({ method: "GET", url, map: [], timeoutSeconds: 5 });
    if (message === null) expect(parsed.success).toBe(true);
    else expect(parsed.error?.issues[0]?.message).toContain(message);
  });

  it("keeps nothing of an earlier answer that this one lacks", () => {
    const config = {
      method: "POST",
      url: "https://x.example/",
      map: [
        { pointer: "/paid", into: "paid" },
        { pointer: "/on", into: "on" },
      ],
      timeoutSeconds: 5,
    };
    const variables = { paid: text("yes"), on: { ...text("2026-01-01"), type: "date" } };
    const done = { type: "effect-done", at: 1_001_000, id: "1.1" } as const;
    const result = { status: 200, picked: { paid: null, on: "" } };
    const { outcome, values } = playNode("request", config, { variables }, [{ ...done, result }]);
    expect([outcome, values]).toEqual(["ok", {}]);
  });

  it("says the filler again to a caller who has waited ten seconds more", () => {
    const config = {
      method: "GET",
      url: "https://x.example/",
      map: [],
      timeoutSeconds: 20,
      filler: "Un momento.",
      language: "es-US",
    };
    const polls = [2, 4, 8, 11, 12, 13].map(
      (second) => ({ type: "poll", at: 1_000_000 + second * 1000 }) as const,
    );
    const { verbs } = playNode("request", config, {}, polls);
    const said = { verb: "say", text: "Un momento.", language: "es-US" };
    const pause = { verb: "pause", seconds: 1 };
    expect(verbs).toEqual([said, pause, pause, pause, pause, said, pause, pause]);
  });

  it.each([
    ["/claim/0/status", true],
    ["/a~1b/c~0d", true],
    ["/", true],
    ["/a~2", false],
    ["/a~", false],
    ["claim", false],
    ["", false],
  ])("the pointer %j parses: %s", (pointer, parses) => {
    const map = [{ pointer, into: "status" }];
    const config = { method: "GET", url: "https://x.example/", map, timeoutSeconds: 5 };
    expect(request.config.safeParse(config).success).toBe(parses);
  });
});
