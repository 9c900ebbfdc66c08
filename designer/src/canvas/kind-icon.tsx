/** The icons node kinds name. A kind with a new icon adds it here; an unknown one gets a plain square. */
import {
  type Icon,
  IconArrowsSplit2,
  IconBellRinging,
  IconCategory,
  IconClipboardCheck,
  IconClockHour9,
  IconClockPause,
  IconCornerUpLeft,
  IconDialpad,
  IconForms,
  IconGitBranch,
  IconHandFinger,
  IconMessage2,
  IconMicrophone,
  IconNote,
  IconPhoneIncoming,
  IconPhoneOff,
  IconPhoneOutgoing,
  IconPlayerPause,
  IconRecordMail,
  IconSitemap,
  IconSquareRounded,
  IconTag,
  IconUserQuestion,
  IconVariable,
  IconWorldDownload,
} from "@tabler/icons-react";
import { findDefinition } from "@trunkline/schema/document";

export const icons: { readonly [name: string]: Icon } = {
  "arrows-split-2": IconArrowsSplit2,
  "bell-ringing": IconBellRinging,
  category: IconCategory,
  "clipboard-check": IconClipboardCheck,
  "clock-hour-9": IconClockHour9,
  "clock-pause": IconClockPause,
  "corner-up-left": IconCornerUpLeft,
  dialpad: IconDialpad,
  forms: IconForms,
  "git-branch": IconGitBranch,
  "hand-finger": IconHandFinger,
  "message-2": IconMessage2,
  microphone: IconMicrophone,
  note: IconNote,
  "phone-incoming": IconPhoneIncoming,
  "phone-off": IconPhoneOff,
  "phone-outgoing": IconPhoneOutgoing,
  "player-pause": IconPlayerPause,
  "record-mail": IconRecordMail,
  sitemap: IconSitemap,
  tag: IconTag,
  "user-question": IconUserQuestion,
  variable: IconVariable,
  "world-download": IconWorldDownload,
};

export function KindIcon({ kind, size = 16 }: { kind: string; size?: number }) {
  const definition = findDefinition(kind);
  const Drawn = icons[definition?.icon ?? ""] ?? IconSquareRounded;
  return <Drawn size={size} stroke={1.75} aria-hidden style={{ color: groupColor(kind), flex: "none" }} />;
}

export function groupColor(kind: string): string {
  return `var(--group-${findDefinition(kind)?.group ?? "wait"})`;
}
