/** Every stranger's application with the stories that are played on it. */
import type { Tale } from "./play-story.ts";
import { agents } from "./stories/agents.ts";
import { bots } from "./stories/bots.ts";
import { forwarding } from "./stories/forwarding.ts";
import { menus } from "./stories/menus.ts";
import { outbound } from "./stories/outbound.ts";
import { rooms } from "./stories/rooms.ts";
import { waiting } from "./stories/waiting.ts";

export const stories: Readonly<Record<string, Tale>> = {
  ...bots,
  ...menus,
  ...forwarding,
  ...outbound,
  ...rooms,
  ...waiting,
  ...agents,
};
