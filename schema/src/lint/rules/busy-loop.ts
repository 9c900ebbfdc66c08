import { loopsOf } from "../components.ts";
import { menu, say, startTo, withNodes } from "../example.ts";
import type { Rule } from "../rule.ts";
import { nodePointer } from "../survey.ts";

export const busyLoop: Rule = {
  name: "busy-loop",
  severity: "error",
  title: "Every loop waits for something",
  why: "A loop in which nothing waits runs until the engine's limit cuts the call.",
  advice: "Put a menu, a collect or a long pause into the loop, or end it with a branch that leads out.",
  wrong: (sound) => withNodes(sound, { bye: say("Again", "Hello.", "bye") }),
  right: (sound) =>
    withNodes(sound, {
      start: startTo("hello"),
      hello: say("Hello", "Hello.", "menu"),
      menu: menu("Again?", "To hear that again, press 1.", "hello"),
    }),
  check: ({ nodes }) => {
    // A flow that is called may wait; it has rules of its own.
    const still = [...nodes.values()].filter(({ facts }) => !facts.waits && !facts.calls);
    const loops = loopsOf(new Map(still.map((node) => [node.id, node.edges.map((edge) => edge.target)])));
    return loops.flat().flatMap((id) => {
      const node = nodes.get(id);
      if (!node) return [];
      const sentence = `${node.name} is part of a loop in which nothing waits.`;
      return [{ node: id, pointer: nodePointer(node), sentence }];
    });
  },
};
