/** The icons node kinds name. A kind with a new icon adds it here; an unknown one gets a plain square. */
import {
  type Icon,
  IconClipboardCheck,
  IconDialpad,
  IconForms,
  IconGitBranch,
  IconMessage2,
  IconPhoneIncoming,
  IconPhoneOff,
  IconPlayerPause,
  IconSquareRounded,
  IconVariable,
} from "@tabler/icons-react";
import { findDefinition } from "@trunkline/schema/document";

const icons: { readonly [name: string]: Icon } = {
  "clipboard-check": IconClipboardCheck,
  dialpad: IconDialpad,
  forms: IconForms,
  "git-branch": IconGitBranch,
  "message-2": IconMessage2,
  "phone-incoming": IconPhoneIncoming,
  "phone-off": IconPhoneOff,
  "player-pause": IconPlayerPause,
  variable: IconVariable,
};

export function KindIcon({ kind, size = 16 }: { kind: string; size?: number }) {
  const definition = findDefinition(kind);
  const Drawn = icons[definition?.icon ?? ""] ?? IconSquareRounded;
  return <Drawn size={size} stroke={1.75} aria-hidden style={{ color: groupColor(kind), flex: "none" }} />;
}

export function groupColor(kind: string): string {
  return `var(--group-${findDefinition(kind)?.group ?? "wait"})`;
}
