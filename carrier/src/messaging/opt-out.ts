/**
 * Who wants no more messages (Twilio, opt-out keywords): a message that is nothing but such a word stops all from that number, or from
 * that messaging service, until another word starts them again. Sending is then 21610. The answers' words are ours.
 */
import { limits } from "../limits.ts";

const stop = ["STOP", "STOPALL", "UNSUBSCRIBE", "END", "QUIT", "CANCEL", "REVOKE", "OPTOUT"];
const start = ["START", "YES", "UNSTOP"];
const help = ["HELP", "INFO"];

export interface OptOuts {
  /** Takes note of an incoming message; gives the carrier's own answer to a keyword, or null. */
  hear(sender: string, person: string, body: string): string | null;
  /** `sender` is a number of the account or the SID of its messaging service. */
  hasStopped(sender: string, person: string): boolean;
}

export function createOptOuts(): OptOuts {
  const stopped = new Set<string>();
  return {
    hear(sender, person, body) {
      const word = body.trim().toUpperCase();
      const key = `${sender} ${person}`;
      if (stop.includes(word)) {
        if (stopped.size < limits.optOuts) stopped.add(key);
        return "You are unsubscribed and get no more messages from here. START brings them back.";
      }
      if (start.includes(word)) {
        // YES is a word like any other for somebody who has not stopped anything.
        if (!stopped.delete(key)) return null;
        return "You are subscribed again. STOP ends all messages from here.";
      }
      return help.includes(word) ? "STOP ends all messages from here, START brings them back." : null;
    },
    hasStopped: (sender, person) => stopped.has(`${sender} ${person}`),
  };
}
