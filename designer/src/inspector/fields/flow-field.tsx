import { Button, Input, NativeSelect } from "@mantine/core";
import { useEffect, useState } from "react";
import { api, type CalledFlow } from "../../api.ts";
import css from "../inspector.module.css";
import { takeFlow } from "./called-flow.ts";
import { type FieldProps, useForm } from "./field-context.ts";
import type { Words } from "./words.ts";

/** Which published flow is called, in which version; choosing one fills in its inputs, outputs and ways back. */
export function FlowField({ value, onChange, ...words }: Words & Pick<FieldProps, "value" | "onChange">) {
  const { flow, config } = useForm();
  const [all, setAll] = useState<readonly CalledFlow[] | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  useEffect(() => {
    void api.calledFlows().then((answer) => {
      if (answer.ok) setAll(answer.value.items);
      else setFault(answer.fault.sentence);
    });
  }, []);
  const chosen = readChosen(value);
  const newest = all?.find((one) => one.id === chosen.id);
  const variables = Object.keys(flow.variables);
  const take = (one: CalledFlow) => onChange([], takeFlow(config, one, variables));
  const listed = (all ?? []).map((one) => ({ value: one.id, label: `${one.name} · version ${one.version}` }));
  const own =
    chosen.id && !newest ? [{ value: chosen.id, label: chosen.name || "A flow that is not published" }] : [];
  const empty = chosen.id
    ? []
    : [{ value: "", label: all?.length === 0 ? "No flow is published" : "Choose a flow" }];
  const newer = newest && chosen.hash !== newest.hash ? newest : null;
  return (
    <div>
      <NativeSelect
        {...words}
        error={words.error ?? fault ?? undefined}
        value={chosen.id}
        data={[...empty, ...own, ...listed]}
        onChange={(event) => {
          const one = all?.find(({ id }) => id === event.currentTarget.value);
          if (one) take(one);
        }}
      />
      {newer && (
        <p className={css.newer}>
          <span>{`Version ${newer.version} is out; this node calls ${chosen.version ? `version ${chosen.version}` : "another one"}.`}</span>
          <Button size="compact-xs" variant="default" onClick={() => take(newer)}>
            {`Take version ${newer.version}`}
          </Button>
        </p>
      )}
      {newest && (
        <Input.Description className={css.interface ?? ""}>
          {told("Needs", newest.inputs)} {told("Gives", newest.outputs)}
        </Input.Description>
      )}
    </div>
  );
}

function told(verb: string, values: readonly { readonly name: string; readonly type: string }[]): string {
  return values.length === 0
    ? `${verb} nothing.`
    : `${verb} ${values.map(({ name, type }) => `${name} (${type})`).join(", ")}.`;
}

function readChosen(value: unknown): { id: string; name: string; hash: string; version: number | null } {
  const read = (key: string): unknown =>
    typeof value === "object" && value !== null ? Reflect.get(value, key) : "";
  const version = read("version");
  return {
    id: String(read("id") ?? ""),
    name: String(read("name") ?? ""),
    hash: String(read("hash") ?? ""),
    version: typeof version === "number" ? version : null,
  };
}
