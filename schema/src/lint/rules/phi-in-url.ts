import type { FlowDocument } from "../../document/index.ts";
import { startTo, withNodes, withVariables } from "../example.ts";
import type { Rule } from "../rule.ts";
import { phiAmong } from "../survey.ts";

export const phiInUrl: Rule = {
  name: "phi-in-url",
  severity: "error",
  title: "No PHI in a web address",
  why: "Web addresses are written to the logs of every machine on the way; what stands in one is no secret.",
  advice: "Send the value in the body of the request instead.",
  wrong: (sound) => withRequest(sound, { method: "GET", url: "https://api.example.com/members/{{member}}" }),
  right: (sound) => {
    const body = [{ name: "member", value: "{{member}}" }];
    return withRequest(sound, { method: "POST", url: "https://api.example.com/members", body });
  },
  check: (survey) =>
    [...survey.nodes.values()].flatMap((node) =>
      node.sent
        .filter((text) => text.to === "url")
        .flatMap((text) =>
          phiAmong(survey, text.reads).map((reference) => ({
            node: node.id,
            pointer: text.pointer,
            sentence: `${node.name} puts “${reference}”, which is PHI, into a web address.`,
          })),
        ),
    ),
};

function withRequest(sound: FlowDocument, asked: object): FlowDocument {
  const ways = ["ok", "refused", "unfit", "failed", "timeout"];
  const next = Object.fromEntries(ways.map((way) => [way, "bye"]));
  const config = { timeoutSeconds: 5, map: [], filler: "One moment, please.", ...asked };
  return withVariables(
    withNodes(sound, {
      start: startTo("ask"),
      ask: { kind: "request", title: "Look it up", config, next },
    }),
    { member: { type: "text", sensitivity: "phi", origin: "input" } },
  );
}
