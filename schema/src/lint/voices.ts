/** Every place of a flow that names a voice, with the language it is to speak there. */
import { pointerTo } from "./fix.ts";
import { nodePointer, type Survey } from "./survey.ts";

export interface NamedVoice {
  readonly voice: string;
  readonly language: string;
  /** As a sentence names it. */
  readonly who: string;
  readonly node?: string;
  readonly pointer: string;
}

/** The flow's own voice, then each node's once for each language it speaks. */
export function voicesIn({ flow, nodes }: Survey): NamedVoice[] {
  const { voice, language } = flow.settings;
  const own = voice ? [{ voice, language, who: "The flow", pointer: pointerTo("settings", "voice") }] : [];
  const seen = new Set<string>();
  const inNodes = [...nodes.values()].flatMap((node) =>
    node.spoken.flatMap((text): NamedVoice[] => {
      // Texts of a node share the node's own field.
      const named = { voice: text.voice ?? "", language: text.language ?? language };
      const key = `${node.id} ${named.voice} ${named.language}`;
      if (named.voice === "" || seen.has(key)) return [];
      seen.add(key);
      return [{ ...named, who: node.name, node: node.id, pointer: nodePointer(node, "config", "voice") }];
    }),
  );
  return [...own, ...inNodes];
}
