/** A survey by key, by word and by recording, its state in the URLs; TwiML as text. */
import type { Application, Asked } from "./serve.ts";

const response = (verbs: string) => `<Response>${verbs}</Response>`;

export const survey: Application = {
  pages: ({ rest }) => {
    const question = (at: number) =>
      [
        `<Gather numDigits="1" action="/answer?question=1" timeout="4"><Say>How many stars, 1 to 5?</Say></Gather><Redirect>/again?question=1</Redirect>`,
        `<Gather input="speech" speechTimeout="1" timeout="4" action="/answer?question=2" language="en-GB"><Say>Would you come again?</Say></Gather><Redirect>/again?question=2</Redirect>`,
        `<Say>Anything else? Press pound when done.</Say><Record finishOnKey="#" timeout="4" maxLength="15" action="/answer?question=3" trim="do-not-trim"/><Redirect>/answer?question=3</Redirect>`,
      ][at - 1] ?? "<Say>Thank you.</Say><Hangup/>";
    const answers: string[] = [];
    const answer = ({ form, query }: Asked) => {
      answers.push(form.Digits ?? form.SpeechResult ?? "-");
      return response(question(Number(query.question) + 1));
    };
    return {
      "/voice": () => response(`<Say>Three questions.</Say>${question(1)}`),
      "/again": ({ query }) => response(`<Say>Sorry?</Say>${question(Number(query.question))}`),
      "/answer": answer,
      async "/ended"({ form }) {
        await rest("/Messages.json", {
          To: "+15550150001",
          From: "+15550100001",
          Body: `${form.CallStatus} after ${form.CallDuration} s: ${answers.join(" ")}`,
        });
        return undefined;
      },
    };
  },
};
