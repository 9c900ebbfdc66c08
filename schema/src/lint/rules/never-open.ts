import type { FlowDocument } from "../../document/index.ts";
import { type OpeningHours, opensEver } from "../../nodes/opening-hours.ts";
import { startTo, withNodes } from "../example.ts";
import type { Rule } from "../rule.ts";
import { nodePointer } from "../survey.ts";

const week = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;

export const neverOpen: Rule = {
  name: "never-open",
  severity: "warning",
  title: "Opening hours open and close",
  why: "Hours that never open, or never close, decide nothing; one of the ways out is never taken.",
  advice: "Enter the hours of each day, or leave the node out.",
  wrong: (sound) => withHours(sound, []),
  right: (sound) =>
    withHours(sound, [{ days: ["mon", "tue", "wed", "thu", "fri"], from: "09:00", to: "17:00" }]),
  check: ({ nodes }) =>
    [...nodes.values()].flatMap((node) => {
      if (node.node.kind !== "opening-hours") return [];
      const hours = node.node.config as OpeningHours; // a parsed node's config
      const fault = !opensEver(hours) ? "never opens" : closesNever(hours) ? "never closes" : null;
      if (fault === null) return [];
      const pointer = nodePointer(node, "config", "hours");
      return [
        { node: node.id, pointer, sentence: `${node.name} ${fault}; expected some hours of the week.` },
      ];
    }),
};

function closesNever({ hours, holidays }: OpeningHours): boolean {
  const allDay = hours
    .filter(({ from, to }) => from === "00:00" && to === "24:00")
    .flatMap(({ days }) => days);
  return holidays.length === 0 && week.every((day) => allDay.includes(day));
}

function withHours(sound: FlowDocument, hours: readonly object[]): FlowDocument {
  const config = { zone: "America/New_York", hours, holidays: [] };
  const next = { open: "bye", closed: "bye", holiday: "bye" };
  return withNodes(sound, {
    start: startTo("hours"),
    hours: { kind: "opening-hours", title: "Office hours", config, next },
  });
}
