/** Campaign calls that wait for the verdict: a person may choose, a machine gets a message after its beep. TwiML as text. */
import type { Application } from "./serve.ts";

const response = (verbs: string) => `<Response>${verbs}</Response>`;

export const voicemailDrop: Application = {
  pages: ({ rest, url }) => ({
    "/web/campaign": async () => {
      await rest("/Calls.json", [
        ["To", "+15550150001"],
        ["From", "+15550100001"],
        ["Url", `${url}/answered`],
        ["MachineDetection", "DetectMessageEnd"],
        ["MachineDetectionTimeout", "20"],
        ["StatusCallback", `${url}/status`],
        ["StatusCallbackEvent", "initiated ringing answered completed"],
      ]);
      return "on its way";
    },
    "/answered": ({ form }) => {
      const by = form.AnsweredBy ?? "";
      if (by === "human" || by === "unknown")
        return response(
          `<Gather input="speech dtmf" timeout="3" speechTimeout="auto" action="/choice" hints="yes, no">
             <Say>Your appointment is on Monday. Say yes or press 1 to confirm.</Say>
           </Gather><Say>We take that as a no.</Say>`,
        );
      if (by.startsWith("machine_end"))
        return response("<Say>Please call us about your appointment.</Say><Hangup/>");
      return response("<Hangup/>");
    },
    "/choice": ({ form }) => response(`<Say>You chose ${form.Digits ?? form.SpeechResult}.</Say>`),
    "/status": () => undefined,
  }),
};
