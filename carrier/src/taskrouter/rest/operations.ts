/**
 * Everything TaskRouter can be asked by REST: method, path and the names of query or form. `~` is `/Workspaces/{WorkspaceSid}`, `Page*` is
 * PageSize, Page and PageToken, `Period*` what statistics are about, `Reservation*` what a reservation's update may say.
 * Source: Twilio's OpenAPI description, github.com/twilio/twilio-oai, spec/json/twilio_taskrouter_v1.json, commit
 * d50069b44ea8cd23141385bdb6db48f16ff75bb5 (MIT); names and paths alone.
 */
const described = `
GET /Workspaces FriendlyName Page*
POST /Workspaces FriendlyName EventCallbackUrl EventsFilter MultiTaskEnabled Template PrioritizeQueueOrder
GET /Workspaces/{Sid}
POST /Workspaces/{Sid} DefaultActivitySid EventCallbackUrl EventsFilter FriendlyName MultiTaskEnabled TimeoutActivitySid PrioritizeQueueOrder
DELETE /Workspaces/{Sid}
GET ~/Activities FriendlyName Available Page*
POST ~/Activities FriendlyName Available
GET ~/Activities/{Sid}
POST ~/Activities/{Sid} FriendlyName
DELETE ~/Activities/{Sid}
GET ~/CumulativeStatistics Period* SplitByWaitTime
GET ~/Events EndDate EventType Minutes ReservationSid StartDate TaskQueueSid TaskSid WorkerSid WorkflowSid TaskChannel Sid Page*
GET ~/Events/{Sid}
GET ~/RealTimeStatistics TaskChannel
GET ~/Statistics Period* SplitByWaitTime
GET ~/TaskChannels Page*
POST ~/TaskChannels FriendlyName UniqueName ChannelOptimizedRouting
GET ~/TaskChannels/{Sid}
POST ~/TaskChannels/{Sid} FriendlyName ChannelOptimizedRouting
DELETE ~/TaskChannels/{Sid}
GET ~/TaskQueues FriendlyName EvaluateWorkerAttributes WorkerSid Ordering Page*
POST ~/TaskQueues FriendlyName TargetWorkers MaxReservedWorkers TaskOrder ReservationActivitySid AssignmentActivitySid
GET ~/TaskQueues/{Sid}
POST ~/TaskQueues/{Sid} FriendlyName TargetWorkers ReservationActivitySid AssignmentActivitySid MaxReservedWorkers TaskOrder
DELETE ~/TaskQueues/{Sid}
GET ~/TaskQueues/{TaskQueueSid}/CumulativeStatistics Period* SplitByWaitTime
GET ~/TaskQueues/{TaskQueueSid}/RealTimeStatistics TaskChannel
GET ~/TaskQueues/{TaskQueueSid}/Statistics Period* SplitByWaitTime
POST ~/TaskQueues/RealTimeStatistics
GET ~/TaskQueues/Statistics Period* SplitByWaitTime FriendlyName Page*
GET ~/Tasks Priority AssignmentStatus WorkflowSid WorkflowName TaskQueueSid TaskQueueName EvaluateTaskAttributes RoutingTarget Ordering HasAddons Page*
POST ~/Tasks Timeout Priority TaskChannel WorkflowSid Attributes VirtualStartTime RoutingTarget IgnoreCapacity TaskQueueSid
GET ~/Tasks/{Sid}
POST ~/Tasks/{Sid} Attributes AssignmentStatus Reason Priority TaskChannel VirtualStartTime
DELETE ~/Tasks/{Sid}
GET ~/Tasks/{TaskSid}/Reservations ReservationStatus WorkerSid Page*
GET ~/Tasks/{TaskSid}/Reservations/{Sid}
POST ~/Tasks/{TaskSid}/Reservations/{Sid} Reservation*
GET ~/Workers ActivityName ActivitySid Available FriendlyName TargetWorkersExpression TaskQueueName TaskQueueSid Ordering Page*
POST ~/Workers FriendlyName ActivitySid Attributes
GET ~/Workers/{Sid}
POST ~/Workers/{Sid} ActivitySid Attributes FriendlyName RejectPendingReservations
DELETE ~/Workers/{Sid}
GET ~/Workers/{WorkerSid}/Channels Page*
GET ~/Workers/{WorkerSid}/Channels/{Sid}
POST ~/Workers/{WorkerSid}/Channels/{Sid} Capacity Available
GET ~/Workers/{WorkerSid}/Reservations ReservationStatus Page*
GET ~/Workers/{WorkerSid}/Reservations/{Sid}
POST ~/Workers/{WorkerSid}/Reservations/{Sid} Reservation*
GET ~/Workers/{WorkerSid}/Statistics Period*
GET ~/Workers/CumulativeStatistics Period*
GET ~/Workers/RealTimeStatistics TaskChannel
GET ~/Workers/Statistics Period* TaskQueueSid TaskQueueName FriendlyName
GET ~/Workflows FriendlyName Page*
POST ~/Workflows FriendlyName Configuration AssignmentCallbackUrl FallbackAssignmentCallbackUrl TaskReservationTimeout
GET ~/Workflows/{Sid}
POST ~/Workflows/{Sid} FriendlyName AssignmentCallbackUrl FallbackAssignmentCallbackUrl Configuration TaskReservationTimeout ReEvaluateTasks
DELETE ~/Workflows/{Sid}
GET ~/Workflows/{WorkflowSid}/CumulativeStatistics Period* SplitByWaitTime
GET ~/Workflows/{WorkflowSid}/RealTimeStatistics TaskChannel
GET ~/Workflows/{WorkflowSid}/Statistics Period* SplitByWaitTime
`;

const families: Readonly<Record<string, readonly string[]>> = {
  "Page*": ["PageSize", "Page", "PageToken"],
  "Period*": ["Minutes", "StartDate", "EndDate", "TaskChannel"],
  "Reservation*":
    `ReservationStatus WorkerActivitySid Instruction DequeuePostWorkActivitySid DequeueFrom DequeueRecord DequeueTimeout DequeueTo DequeueStatusCallbackUrl CallFrom CallRecord CallTimeout CallTo CallUrl CallStatusCallbackUrl CallAccept RedirectCallSid RedirectAccept RedirectUrl To From StatusCallback StatusCallbackMethod StatusCallbackEvent Timeout Record Muted Beep StartConferenceOnEnter EndConferenceOnExit WaitUrl WaitMethod EarlyMedia MaxParticipants ConferenceStatusCallback ConferenceStatusCallbackMethod ConferenceStatusCallbackEvent ConferenceRecord ConferenceTrim RecordingChannels RecordingStatusCallback RecordingStatusCallbackMethod ConferenceRecordingStatusCallback ConferenceRecordingStatusCallbackMethod Region SipAuthUsername SipAuthPassword DequeueStatusCallbackEvent PostWorkActivitySid SupervisorMode Supervisor EndConferenceOnCustomerExit BeepOnCustomerEntrance JitterBufferSize`.split(
      " ",
    ),
};

export interface Operation {
  /** `GET ~/Workers/{Sid}`. */
  readonly name: string;
  readonly method: string;
  readonly parameters: readonly string[];
  /** The SIDs in a path that is this operation's, by name; null for another path. */
  readonly match: (path: string) => Readonly<Record<string, string>> | null;
  readonly open: number;
}

const operations: readonly Operation[] = described
  .trim()
  .split("\n")
  .map((line) => {
    const [method = "", path = "", ...names] = line.split(" ");
    const whole = path.replace("~", "/Workspaces/{WorkspaceSid}");
    const pattern = new RegExp(`^/v1${whole.replace(/\{(\w+)\}/g, "(?<$1>[^/]+)")}$`);
    return {
      name: `${method} ${path}`,
      method,
      parameters: names.flatMap((name) => families[name] ?? [name]),
      match: (asked) => {
        const found = pattern.exec(asked);
        return found && { ...found.groups };
      },
      open: whole.split("{").length,
    };
  });

/** Fixed words win over `{Sid}`: `Workers/Statistics` is no worker. */
export function operationsAt(path: string): readonly Operation[] {
  const here = operations.filter(({ match }) => match(path) !== null);
  const least = Math.min(...here.map(({ open }) => open));
  return here.filter(({ open }) => open === least);
}
