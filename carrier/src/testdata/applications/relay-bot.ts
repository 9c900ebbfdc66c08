/** A bot that talks by ConversationRelay, answers in pieces, hands over to a person or says goodbye; by the official package. */
import twilio from "twilio";
import type { Application } from "./serve.ts";
import { acceptSocket, type Socket } from "./web-socket.ts";

const { VoiceResponse } = twilio.twiml;

const answers: readonly (readonly [heard: RegExp, pieces: readonly string[]])[] = [
  [/status/i, ["Your claim ", "was paid ", "on Monday."]],
  [/long/i, ["This is a long story that nobody would want to hear to its end, but here it is all the same."]],
];

export const relayBot: Application = {
  pages: ({ url }) => ({
    "/voice": ({ form }) => {
      const twiml = new VoiceResponse();
      const relay = twiml.connect({ action: "/over" }).conversationRelay({
        url: `${url.replace("http", "ws")}/relay`,
        welcomeGreeting: "Hello, how can I help?",
        dtmfDetection: true,
        interruptible: "any",
      });
      relay.parameter({ name: "customer", value: form.From ?? "" });
      return twiml;
    },
    "/over": ({ form }) => {
      const twiml = new VoiceResponse();
      if (form.SessionStatus === "completed") return twiml;
      const { reason = "" } = JSON.parse(form.HandoffData || "{}") as { reason?: string };
      if (reason === "person") {
        twiml.say("I connect you.");
        twiml.dial({ timeout: 10 }, "+15550150001");
      } else twiml.say(form.SessionStatus === "failed" ? "The bot is gone." : "Goodbye.");
      return twiml;
    },
    "/ended": () => undefined,
  }),
  upgrade(request, socket) {
    const say = (to: Socket, pieces: readonly string[]) => {
      for (const [at, token] of pieces.entries())
        to.send({ type: "text", token, last: at === pieces.length - 1 });
    };
    acceptSocket(request, socket, {
      message(message, to) {
        const { type, voicePrompt = "", digit, customParameters } = message;
        if (type === "setup" && !(customParameters as { customer?: string } | undefined)?.customer)
          to.close();
        if (type === "dtmf" && digit === "0")
          to.send({ type: "end", handoffData: JSON.stringify({ reason: "person" }) });
        if (type === "interrupt") say(to, ["Sorry, go on."]);
        if (type !== "prompt") return;
        if (/bye/i.test(String(voicePrompt))) return to.send({ type: "end" });
        if (/crash/i.test(String(voicePrompt))) return void socket.destroy();
        say(to, answers.find(([heard]) => heard.test(String(voicePrompt)))?.[1] ?? ["I did not get that."]);
      },
    });
  },
};
