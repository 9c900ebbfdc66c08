import { ActionIcon, Button } from "@mantine/core";
import {
  IconAlertCircle,
  IconArrowBackUp,
  IconArrowForwardUp,
  IconChevronDown,
  IconHistory,
  IconKeyboard,
  IconPhone,
  IconPlayerPlay,
  IconSearch,
} from "@tabler/icons-react";
import { beginningOf, type FlowDocument } from "@trunkline/schema/document";
import type { Finding } from "@trunkline/schema/lint";
import { useEffect, useState } from "react";
import type { Published } from "../api.ts";
import type { SaveState } from "../document/autosave.ts";
import { counted } from "../document/command.ts";
import type { History } from "../document/history.ts";
import type { DocumentStore } from "../document/store.ts";
import { clockTime } from "../frame/clock.ts";
import { Dropdown } from "../frame/dropdown.tsx";
import { refuse } from "../frame/notify.ts";
import css from "./editor.module.css";

interface TopBarProps {
  readonly flow: FlowDocument;
  readonly store: DocumentStore;
  readonly history: History;
  readonly saving: SaveState;
  readonly published: Published | null;
  readonly draftDiffers: boolean;
  readonly findings: readonly Finding[];
  readonly extraErrors: number;
  /** Numbers that can be called from the browser; null when the line is a real one. */
  readonly numbers: readonly string[] | null;
  onProblems(): void;
  onVersions(): void;
  onRehearse(): void;
  onCall(number: string): void;
  onPlaceCall(): void;
  onPublish(): void;
  onHelp(): void;
  onSearch(): void;
}

export function TopBar(props: TopBarProps) {
  const { flow, store, history, saving, published, draftDiffers, findings, extraErrors, numbers } = props;
  const errors = findings.filter((one) => one.severity === "error").length + extraErrors;
  const warnings = findings.length + extraErrors - errors;
  const countedProblems = errors + warnings === 0 ? "No problems" : counted(errors + warnings, "problem");
  return (
    <header className={css.bar}>
      <h1 className="visually-hidden">{flow.name}</h1>
      <FlowName flow={flow} store={store} />
      <span className="tag" data-tone={published && !draftDiffers ? "accent" : undefined}>
        {published === null
          ? "Draft, not published"
          : draftDiffers
            ? `Draft differs from version ${published.version}`
            : `Version ${published.version} is live`}
      </span>
      <SaveIndicator saving={saving} />
      <span style={{ flex: 1 }} />
      <ActionIcon
        data-tip={history.past.at(-1) ? `Undo: ${history.past.at(-1)?.name}` : "Nothing to undo"}
        aria-label="Undo"
        disabled={history.past.length === 0}
        onClick={() => store.undo()}
      >
        <IconArrowBackUp size={17} />
      </ActionIcon>
      <ActionIcon
        data-tip={history.future[0] ? `Redo: ${history.future[0].name}` : "Nothing to redo"}
        aria-label="Redo"
        disabled={history.future.length === 0}
        onClick={() => store.redo()}
      >
        <IconArrowForwardUp size={17} />
      </ActionIcon>
      <ActionIcon data-tip="Search (Ctrl K)" aria-label="Search" onClick={props.onSearch}>
        <IconSearch size={16} />
      </ActionIcon>
      <ActionIcon data-tip="Keyboard (?)" aria-label="Keyboard help" onClick={props.onHelp}>
        <IconKeyboard size={17} />
      </ActionIcon>
      <span className={css.rule} />
      <Button
        variant="subtle"
        color={errors > 0 ? "red" : "gray"}
        leftSection={<IconAlertCircle size={15} />}
        onClick={props.onProblems}
        aria-label={`${countedProblems}: ${errors} errors, ${warnings} warnings`}
      >
        {countedProblems}
      </Button>
      <Button
        variant="subtle"
        color="gray"
        leftSection={<IconHistory size={15} />}
        onClick={props.onVersions}
      >
        Versions
      </Button>
      <span className={css.rule} />
      <Button variant="default" leftSection={<IconPlayerPlay size={14} />} onClick={props.onRehearse}>
        Rehearse
      </Button>
      {beginningOf(flow).calls === "outbound" ? (
        <Button variant="default" leftSection={<IconPhone size={14} />} onClick={props.onPlaceCall}>
          Call somebody
        </Button>
      ) : (
        numbers && <CallButton numbers={numbers} onCall={props.onCall} />
      )}
      <Button onClick={props.onPublish}>Publish</Button>
    </header>
  );
}

/** Set once "Call it" has drawn attention to itself on this browser: it never does so again. */
const glowed = "trunkline.call-it-glowed";

function CallButton({ numbers, onCall }: { numbers: readonly string[]; onCall(number: string): void }) {
  const [only] = numbers;
  const [first] = useState(() => localStorage.getItem(glowed) === null);
  useEffect(() => {
    if (only !== undefined) localStorage.setItem(glowed, "yes");
  }, [only]);
  if (only === undefined) {
    return (
      <Button
        variant="default"
        data-tip="Point a number at this flow first, under Numbers"
        leftSection={<IconPhone size={14} />}
        aria-disabled
        data-disabled
        onClick={(event) => event.preventDefault()}
      >
        Call it
      </Button>
    );
  }
  if (numbers.length === 1) {
    return (
      <Button
        variant="default"
        data-tip={`Calls ${only}: one hears the live version`}
        {...(first ? { className: css.glow } : {})}
        leftSection={<IconPhone size={14} />}
        onClick={() => onCall(only)}
      >
        Call it
      </Button>
    );
  }
  return (
    <Dropdown
      label="Call it"
      className={css.call ?? ""}
      side="below"
      items={numbers.map((one) => ({ name: one, run: () => onCall(one) }))}
      face={
        <>
          <IconPhone size={14} /> Call it <IconChevronDown size={13} />
        </>
      }
    />
  );
}

function FlowName({ flow, store }: { flow: FlowDocument; store: DocumentStore }) {
  const [typed, setTyped] = useState<string | null>(null);
  const commit = () => {
    if (typed === null || typed === flow.name) return setTyped(null);
    const name = typed;
    // Names are checked by the document's own schema, which nothing else on the first page needs.
    void import("../document/commands/change-settings.ts").then(({ changeSettings }) => {
      const ran = store.run(changeSettings, { name });
      if (ran.refused !== undefined) refuse(ran.refused);
      setTyped(null);
    });
  };
  return (
    <input
      className={css.name}
      aria-label="Name of the flow"
      size={Math.max(6, Math.min(36, (typed ?? flow.name).length + 1))}
      value={typed ?? flow.name}
      onChange={(event) => setTyped(event.target.value)}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === "Enter") event.currentTarget.blur();
        if (event.key === "Escape") setTyped(null);
      }}
    />
  );
}

function SaveIndicator({ saving }: { saving: SaveState }) {
  const said = () => {
    switch (saving.is) {
      case "saved":
        return `Saved ${clockTime(saving.at)}`;
      case "waiting":
      case "saving":
        return "Saving…";
      case "failed":
        return `Not saved: ${saving.sentence}`;
      case "conflict":
        return "Not saved: the draft was changed elsewhere.";
    }
  };
  return (
    <span
      role="status"
      aria-label="Save state"
      className={css.saved}
      data-failed={saving.is === "failed" || saving.is === "conflict" || undefined}
      title={said()}
    >
      {said()}
    </span>
  );
}
