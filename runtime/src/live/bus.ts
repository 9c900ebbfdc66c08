/**
 * Tells open browsers what just happened to calls. In process and after commit; whoever misses something reads the
 * database again (clients refetch when they reconnect), so nothing is kept.
 */
import type { TraceEntry } from "@trunkline/schema/call";

export interface LiveNews {
  readonly clientId: number;
  readonly callId: string;
  readonly trace: readonly TraceEntry[];
}

export interface LiveBus {
  publish(news: LiveNews): void;
  /** The answer ends the subscription. */
  subscribe(hear: (news: LiveNews) => void): () => void;
}

export function createLiveBus(): LiveBus {
  const hearers = new Set<(news: LiveNews) => void>();
  return {
    publish: (news) => {
      for (const hear of hearers) hear(news);
    },
    subscribe(hear) {
      hearers.add(hear);
      return () => void hearers.delete(hear);
    },
  };
}
