import { Button } from "@mantine/core";
import { Component, type ReactNode } from "react";

interface GuardProps {
  /** What cannot be shown, as the beginning of a sentence. */
  readonly what: string;
  readonly children: ReactNode;
}

/**
 * A fault of ours stays in its pane: the rest of the program, and what is not saved yet, goes on.
 * A class because React has no other way to catch what a child throws.
 */
export class Guard extends Component<GuardProps, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError() {
    return { broken: true };
  }

  override render() {
    if (!this.state.broken) return this.props.children;
    return (
      <div className="centred" role="alert">
        <h2>{this.props.what} could not be shown</h2>
        <p className="muted">That is a fault in Trunkline. Nothing else is touched, and saving goes on.</p>
        <Button variant="default" onClick={() => this.setState({ broken: false })}>
          Try again
        </Button>
      </div>
    );
  }
}
