import { Button, NativeSelect, Switch, Textarea, TextInput } from "@mantine/core";
import { beginningOf, type FlowDocument } from "@trunkline/schema/document";
import { NumberField } from "../inspector/fields/number-field.tsx";
import { InputField } from "../inspector/input-field.tsx";
import css from "./rehearsal.module.css";
import {
  freshSetup,
  inputsOf,
  readJson,
  type ServiceAnswer,
  type Setup,
  servicesOf,
  usualAnswer,
  verdicts,
} from "./setup.ts";

interface SetupFormProps {
  readonly flow: FlowDocument;
  readonly setup: Setup;
  change(setup: Setup): void;
  onRestart(): void;
}

/** What the call is to begin with; it counts from the next start on. */
export function SetupForm({ flow, setup, change, onRestart }: SetupFormProps) {
  const set = (part: Partial<Setup>) => change({ ...setup, ...part });
  const beginning = beginningOf(flow);
  const inputs = inputsOf(flow);
  const services = servicesOf(flow);
  return (
    <form
      className={css.setup}
      aria-label="What the call begins with"
      onSubmit={(event) => {
        event.preventDefault();
        onRestart();
      }}
    >
      <TextInput
        label="Date and time"
        description="When the call begins, by your own clock; a Monday noon (UTC) unless said."
        type="datetime-local"
        value={setup.when}
        onChange={(event) => set({ when: event.currentTarget.value })}
      />
      {beginning.calls === "outbound" && beginning.detection !== "off" && (
        <NativeSelect
          label="Who answers"
          value={setup.answered}
          data={Object.entries(verdicts).map(([value, { label }]) => ({ value, label }))}
          onChange={(event) => {
            const chosen = event.currentTarget.value;
            // The list above has no other values.
            set({ answered: chosen as Setup["answered"] });
          }}
        />
      )}
      {inputs.map(([name, variable]) => (
        <InputField
          key={name}
          name={name}
          variable={variable}
          value={setup.inputs[name]}
          onChange={(value) => {
            const { [name]: _before, ...rest } = setup.inputs;
            set({ inputs: value === undefined ? rest : { ...rest, [name]: value } });
          }}
        />
      ))}
      {services.map(({ id, title }) => (
        <Service
          key={id}
          title={title}
          answer={setup.services[id] ?? usualAnswer}
          change={(answer) => set({ services: { ...setup.services, [id]: answer } })}
        />
      ))}
      <Switch
        label="Everything else outside fails"
        description="Messages, recorded outcomes: what the flow does when they cannot be done."
        checked={setup.outsideFails}
        onChange={(event) => set({ outsideFails: event.currentTarget.checked })}
      />
      <div className={css.buttons}>
        <Button type="submit">Start with this</Button>
        <Button variant="default" onClick={() => change(freshSetup())}>
          Clear
        </Button>
      </div>
    </form>
  );
}

interface ServiceProps {
  readonly title: string;
  readonly answer: ServiceAnswer;
  change(answer: ServiceAnswer): void;
}

/** What the web service behind a node answers. */
function Service({ title, answer, change }: ServiceProps) {
  const { does, status, json, afterSeconds } = answer;
  return (
    <fieldset className={css.service}>
      <legend>{title}: the web service</legend>
      <div className={css.three}>
        <NativeSelect
          label="It"
          value={does}
          data={[
            { value: "answers", label: "answers" },
            { value: "fails", label: "cannot be reached" },
            { value: "times-out", label: "does not answer" },
          ]}
          onChange={(event) => {
            const [chosen] = (["answers", "fails", "times-out"] as const).filter(
              (one) => one === event.currentTarget.value,
            );
            if (chosen) change({ ...answer, does: chosen });
          }}
        />
        <NumberField
          label="Status"
          unit={null}
          value={status}
          error={does === "answers" && (status < 100 || status > 599) ? "100 to 599" : undefined}
          onChange={(next) => typeof next === "number" && change({ ...answer, status: next })}
        />
        <NumberField
          label="After"
          unit="s"
          value={afterSeconds}
          onChange={(next) => typeof next === "number" && change({ ...answer, afterSeconds: next })}
        />
      </div>
      {does === "answers" && (
        <Textarea
          label="JSON"
          autosize
          minRows={2}
          maxRows={8}
          classNames={{ input: "mono" }}
          spellCheck={false}
          value={json}
          error={readJson(json) === undefined ? "This is no JSON; an empty answer counts." : undefined}
          onChange={(event) => change({ ...answer, json: event.currentTarget.value })}
        />
      )}
    </fieldset>
  );
}
