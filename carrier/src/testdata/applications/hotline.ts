/** An emergency line: all on duty ring at once; a missed call is written to them; TwiML as text, REST as forms. */
import type { Application } from "./serve.ts";

const response = (verbs: string) => `<Response>${verbs}</Response>`;
const onDuty = ["+15550150001", "+15550150002", "+15550150003"];

export const hotline: Application = {
  pages: ({ rest }) => ({
    "/voice": () =>
      response(
        `<Dial timeout="20" callerId="+15550100001" action="/done" method="POST">
          ${onDuty.map((number) => `<Number statusCallback="/leg">${number}</Number>`).join("\n")}
        </Dial>`,
      ),
    "/leg": () => undefined,
    async "/done"({ form }) {
      if (form.DialCallStatus === "completed") return response("<Hangup/>");
      for (const to of onDuty.slice(0, 1))
        await rest("/Messages.json", {
          To: to,
          From: "+15550100001",
          Body: `Missed: ${form.From}, ${form.DialCallStatus}`,
          StatusCallback: "",
        });
      return response("<Say>Nobody is there. We have been told of your call.</Say>");
    },
    "/ended": () => undefined,
  }),
};
