/** A wake-up call that is tried again when nobody answers and may be put off by a key; TwiML as text, REST as forms. */
import type { Application } from "./serve.ts";

const response = (verbs: string) => `<Response>${verbs}</Response>`;

export const wakeUp: Application = {
  pages({ rest, url, later }) {
    let attempts = 0;
    const call = async () => {
      attempts++;
      await rest("/Calls.json", {
        To: "+15550150001",
        From: "+15550100001",
        Url: `${url}/wake`,
        Method: "GET",
        Timeout: "15",
        StatusCallback: `${url}/status`,
        StatusCallbackMethod: "GET",
      });
    };
    const again = (seconds: number) => {
      if (attempts < 3) later(seconds, () => void call());
    };
    return {
      "/web/order": async () => {
        await call();
        return "ordered";
      },
      "/wake": () =>
        response(
          `<Gather numDigits="1" action="${url}/answer" timeout="3" actionOnEmptyResult="true">
             <Say loop="2">Good morning. Press 1 when awake, 5 to sleep on.</Say>
           </Gather>`,
        ),
      "/answer": ({ form }) => {
        if (form.Digits === "1") return response("<Say>Have a nice day.</Say>");
        again(300);
        return response(
          form.Digits === "5" ? "<Say>Five minutes more.</Say>" : "<Say>We will call again.</Say>",
        );
      },
      "/status": ({ query }) => {
        if (query.CallStatus !== "completed") again(60);
        return undefined;
      },
    };
  },
};
