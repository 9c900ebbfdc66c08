/**
 * What of Twilio's API this carrier performs. An operation that is not here is answered with 501 and 20008, and said in the alert log;
 * the parameters named here are accepted, reported there and have no effect. All others of these operations are honoured or checked.
 */
const ofNumber =
  "ApiVersion VoiceCallerIdLookup VoiceReceiveMode EmergencyStatus EmergencyAddressSid TrunkSid IdentitySid AddressSid BundleSid";
const ofApplication = "ApiVersion VoiceCallerIdLookup PublicApplicationConnectEnabled";
/** No number here needs an address, is new, or has a place more exact than its region. */
const ofSearch =
  "ExcludeAllAddressRequired ExcludeLocalAddressRequired ExcludeForeignAddressRequired Beta NearNumber NearLatLong Distance InPostalCode InRateCenter InLata";

const performed: Readonly<Record<string, string>> = {
  "GET /Accounts.json": "",
  "POST /Accounts.json": "",
  "GET .json": "",
  "POST .json": "",
  "GET /Applications.json": "",
  "POST /Applications.json": ofApplication,
  "GET /Applications/{Sid}.json": "",
  "POST /Applications/{Sid}.json": ofApplication,
  "DELETE /Applications/{Sid}.json": "",
  "GET /AvailablePhoneNumbers.json": "PageSize Page PageToken",
  "GET /AvailablePhoneNumbers/{CountryCode}.json": "",
  "GET /AvailablePhoneNumbers/{CountryCode}/Local.json": ofSearch,
  "GET /AvailablePhoneNumbers/{CountryCode}/Mobile.json": ofSearch,
  "GET /AvailablePhoneNumbers/{CountryCode}/TollFree.json": ofSearch,
  "GET /OutgoingCallerIds.json": "",
  "POST /OutgoingCallerIds.json": "",
  "GET /OutgoingCallerIds/{Sid}.json": "",
  "POST /OutgoingCallerIds/{Sid}.json": "",
  "DELETE /OutgoingCallerIds/{Sid}.json": "",
  "GET /Calls.json": "",
  "POST /Calls.json": "Byoc ClientNotificationUrl",
  "GET /Calls/{Sid}.json": "",
  "POST /Calls/{Sid}.json": "",
  "DELETE /Calls/{Sid}.json": "",
  "GET /Calls/{CallSid}/Recordings.json": "",
  "POST /Calls/{CallSid}/Recordings.json": "",
  "GET /Calls/{CallSid}/Recordings/{Sid}.json": "",
  "POST /Calls/{CallSid}/Recordings/{Sid}.json": "",
  "DELETE /Calls/{CallSid}/Recordings/{Sid}.json": "",
  "POST /Calls/{CallSid}/Streams.json": "",
  "POST /Calls/{CallSid}/Streams/{Sid}.json": "",
  "POST /Calls/{CallSid}/Transcriptions.json": "",
  "POST /Calls/{CallSid}/Transcriptions/{Sid}.json": "",
  "GET /Conferences.json": "",
  "GET /Conferences/{Sid}.json": "",
  "POST /Conferences/{Sid}.json": "",
  "GET /Conferences/{ConferenceSid}/Recordings.json": "",
  "GET /Conferences/{ConferenceSid}/Recordings/{Sid}.json": "",
  "POST /Conferences/{ConferenceSid}/Recordings/{Sid}.json": "",
  "DELETE /Conferences/{ConferenceSid}/Recordings/{Sid}.json": "",
  "GET /Conferences/{ConferenceSid}/Participants.json": "",
  "POST /Conferences/{ConferenceSid}/Participants.json": "Byoc ClientNotificationUrl",
  "GET /Conferences/{ConferenceSid}/Participants/{CallSid}.json": "",
  "POST /Conferences/{ConferenceSid}/Participants/{CallSid}.json": "",
  "DELETE /Conferences/{ConferenceSid}/Participants/{CallSid}.json": "",
  "GET /IncomingPhoneNumbers.json": "",
  "POST /IncomingPhoneNumbers.json": ofNumber,
  "GET /IncomingPhoneNumbers/Local.json": "",
  "POST /IncomingPhoneNumbers/Local.json": ofNumber,
  "GET /IncomingPhoneNumbers/Mobile.json": "",
  "POST /IncomingPhoneNumbers/Mobile.json": ofNumber,
  "GET /IncomingPhoneNumbers/TollFree.json": "",
  "POST /IncomingPhoneNumbers/TollFree.json": ofNumber,
  "GET /IncomingPhoneNumbers/{Sid}.json": "",
  "POST /IncomingPhoneNumbers/{Sid}.json": `${ofNumber} AccountSid`,
  "DELETE /IncomingPhoneNumbers/{Sid}.json": "",
  "GET /Keys.json": "",
  "POST /Keys.json": "",
  "GET /Keys/{Sid}.json": "",
  "POST /Keys/{Sid}.json": "",
  "DELETE /Keys/{Sid}.json": "",
  "GET /SigningKeys.json": "",
  "POST /SigningKeys.json": "",
  "GET /SigningKeys/{Sid}.json": "",
  "POST /SigningKeys/{Sid}.json": "",
  "DELETE /SigningKeys/{Sid}.json": "",
  "GET /Messages.json": "",
  "POST /Messages.json":
    "ApplicationSid MaxPrice ProvideFeedback Attempt ValidityPeriod ForceDelivery ContentRetention AddressRetention SmartEncoded PersistentAction TrafficType ShortenUrls ScheduleType SendAt SendAsMms ContentVariables RiskCheck MediaUrl ContentSid",
  "GET /Messages/{Sid}.json": "",
  "GET /Queues.json": "",
  "POST /Queues.json": "",
  "GET /Queues/{Sid}.json": "",
  "POST /Queues/{Sid}.json": "",
  "DELETE /Queues/{Sid}.json": "",
  "GET /Queues/{QueueSid}/Members.json": "",
  "GET /Queues/{QueueSid}/Members/{CallSid}.json": "",
  "POST /Queues/{QueueSid}/Members/{CallSid}.json": "",
  "GET /Recordings.json": "",
  "GET /Recordings/{Sid}.json": "",
  "DELETE /Recordings/{Sid}.json": "",
};

export const performs = (operation: string): boolean => Object.hasOwn(performed, operation);

/** Parameters of an operation that are accepted and have no effect. */
export const withoutEffect = (operation: string): readonly string[] =>
  (performed[operation] ?? "").split(" ").filter((name) => name !== "");
