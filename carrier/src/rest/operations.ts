/**
 * Everything Twilio's REST API of 2010-04-01 can be asked: method, path below the account, and the names of query and form.
 * `Page*` is PageSize, Page and PageToken; `Parameter*` is Parameter1.Name, Parameter1.Value and so on to 99. The path `.json` is the
 * account itself, `/Accounts.json` the only one outside an account. Source: Twilio's OpenAPI description, github.com/twilio/twilio-oai,
 * spec/json/twilio_api_v2010.json, commit d50069b44ea8cd23141385bdb6db48f16ff75bb5 (MIT); names and paths alone.
 */
const described = `
GET /Accounts.json FriendlyName Status Page*
POST /Accounts.json FriendlyName
GET .json
POST .json FriendlyName Status
GET /Addresses.json CustomerName FriendlyName EmergencyEnabled IsoCountry Page*
POST /Addresses.json CustomerName Street City Region PostalCode IsoCountry FriendlyName EmergencyEnabled AutoCorrectAddress StreetSecondary
GET /Addresses/{Sid}.json
POST /Addresses/{Sid}.json FriendlyName CustomerName Street City Region PostalCode EmergencyEnabled AutoCorrectAddress StreetSecondary
DELETE /Addresses/{Sid}.json
GET /Applications.json FriendlyName Page*
POST /Applications.json ApiVersion VoiceUrl VoiceMethod VoiceFallbackUrl VoiceFallbackMethod StatusCallback StatusCallbackMethod VoiceCallerIdLookup SmsUrl SmsMethod SmsFallbackUrl SmsFallbackMethod SmsStatusCallback MessageStatusCallback FriendlyName PublicApplicationConnectEnabled
GET /Applications/{Sid}.json
POST /Applications/{Sid}.json FriendlyName ApiVersion VoiceUrl VoiceMethod VoiceFallbackUrl VoiceFallbackMethod StatusCallback StatusCallbackMethod VoiceCallerIdLookup SmsUrl SmsMethod SmsFallbackUrl SmsFallbackMethod SmsStatusCallback MessageStatusCallback PublicApplicationConnectEnabled
DELETE /Applications/{Sid}.json
GET /AuthorizedConnectApps/{ConnectAppSid}.json
GET /AuthorizedConnectApps.json Page*
GET /AvailablePhoneNumbers.json Page*
GET /AvailablePhoneNumbers/{CountryCode}.json
GET /AvailablePhoneNumbers/{CountryCode}/Local.json AreaCode Contains SmsEnabled MmsEnabled VoiceEnabled ExcludeAllAddressRequired ExcludeLocalAddressRequired ExcludeForeignAddressRequired Beta NearNumber NearLatLong Distance InPostalCode InRegion InRateCenter InLata InLocality FaxEnabled Page*
GET /AvailablePhoneNumbers/{CountryCode}/MachineToMachine.json AreaCode Contains SmsEnabled MmsEnabled VoiceEnabled ExcludeAllAddressRequired ExcludeLocalAddressRequired ExcludeForeignAddressRequired Beta NearNumber NearLatLong Distance InPostalCode InRegion InRateCenter InLata InLocality FaxEnabled Page*
GET /AvailablePhoneNumbers/{CountryCode}/Mobile.json AreaCode Contains SmsEnabled MmsEnabled VoiceEnabled ExcludeAllAddressRequired ExcludeLocalAddressRequired ExcludeForeignAddressRequired Beta NearNumber NearLatLong Distance InPostalCode InRegion InRateCenter InLata InLocality FaxEnabled Page*
GET /AvailablePhoneNumbers/{CountryCode}/National.json AreaCode Contains SmsEnabled MmsEnabled VoiceEnabled ExcludeAllAddressRequired ExcludeLocalAddressRequired ExcludeForeignAddressRequired Beta NearNumber NearLatLong Distance InPostalCode InRegion InRateCenter InLata InLocality FaxEnabled Page*
GET /AvailablePhoneNumbers/{CountryCode}/SharedCost.json AreaCode Contains SmsEnabled MmsEnabled VoiceEnabled ExcludeAllAddressRequired ExcludeLocalAddressRequired ExcludeForeignAddressRequired Beta NearNumber NearLatLong Distance InPostalCode InRegion InRateCenter InLata InLocality FaxEnabled Page*
GET /AvailablePhoneNumbers/{CountryCode}/TollFree.json AreaCode Contains SmsEnabled MmsEnabled VoiceEnabled ExcludeAllAddressRequired ExcludeLocalAddressRequired ExcludeForeignAddressRequired Beta NearNumber NearLatLong Distance InPostalCode InRegion InRateCenter InLata InLocality FaxEnabled Page*
GET /AvailablePhoneNumbers/{CountryCode}/Voip.json AreaCode Contains SmsEnabled MmsEnabled VoiceEnabled ExcludeAllAddressRequired ExcludeLocalAddressRequired ExcludeForeignAddressRequired Beta NearNumber NearLatLong Distance InPostalCode InRegion InRateCenter InLata InLocality FaxEnabled Page*
GET /Balance.json
GET /Calls.json To From ParentCallSid Status StartTime StartTime< StartTime> EndTime EndTime< EndTime> Page*
POST /Calls.json To From Method FallbackUrl FallbackMethod StatusCallback StatusCallbackEvent StatusCallbackMethod SendDigits Timeout Record RecordingChannels RecordingStatusCallback RecordingStatusCallbackMethod SipAuthUsername SipAuthPassword MachineDetection MachineDetectionTimeout RecordingStatusCallbackEvent Trim CallerId MachineDetectionSpeechThreshold MachineDetectionSpeechEndThreshold MachineDetectionSilenceTimeout AsyncAmd AsyncAmdStatusCallback AsyncAmdStatusCallbackMethod Byoc CallReason CallToken RecordingTrack TimeLimit ClientNotificationUrl Url Twiml ApplicationSid
GET /Calls/{Sid}.json
POST /Calls/{Sid}.json Url Method Status FallbackUrl FallbackMethod StatusCallback StatusCallbackMethod Twiml TimeLimit
DELETE /Calls/{Sid}.json
GET /Calls/{CallSid}/Events.json Page*
GET /Calls/{CallSid}/Notifications/{Sid}.json
GET /Calls/{CallSid}/Notifications.json Log MessageDate MessageDate< MessageDate> Page*
GET /Calls/{CallSid}/Recordings.json DateCreated DateCreated< DateCreated> Page*
POST /Calls/{CallSid}/Recordings.json RecordingStatusCallbackEvent RecordingStatusCallback RecordingStatusCallbackMethod Trim RecordingChannels RecordingTrack
GET /Calls/{CallSid}/Recordings/{Sid}.json
POST /Calls/{CallSid}/Recordings/{Sid}.json Status PauseBehavior
DELETE /Calls/{CallSid}/Recordings/{Sid}.json
GET /Conferences/{Sid}.json
POST /Conferences/{Sid}.json Status AnnounceUrl AnnounceMethod
GET /Conferences.json DateCreated DateCreated< DateCreated> DateUpdated DateUpdated< DateUpdated> FriendlyName Status Page*
GET /Conferences/{ConferenceSid}/Recordings.json DateCreated DateCreated< DateCreated> Page*
GET /Conferences/{ConferenceSid}/Recordings/{Sid}.json
POST /Conferences/{ConferenceSid}/Recordings/{Sid}.json Status PauseBehavior
DELETE /Conferences/{ConferenceSid}/Recordings/{Sid}.json
GET /ConnectApps/{Sid}.json
POST /ConnectApps/{Sid}.json AuthorizeRedirectUrl CompanyName DeauthorizeCallbackMethod DeauthorizeCallbackUrl Description FriendlyName HomepageUrl Permissions
DELETE /ConnectApps/{Sid}.json
GET /ConnectApps.json Page*
GET /Addresses/{AddressSid}/DependentPhoneNumbers.json Page*
GET /IncomingPhoneNumbers/{Sid}.json
POST /IncomingPhoneNumbers/{Sid}.json AccountSid ApiVersion FriendlyName SmsApplicationSid SmsFallbackMethod SmsFallbackUrl SmsMethod SmsUrl StatusCallback StatusCallbackMethod VoiceApplicationSid VoiceCallerIdLookup VoiceFallbackMethod VoiceFallbackUrl VoiceMethod VoiceUrl EmergencyStatus EmergencyAddressSid TrunkSid VoiceReceiveMode IdentitySid AddressSid BundleSid
DELETE /IncomingPhoneNumbers/{Sid}.json
GET /IncomingPhoneNumbers.json Beta FriendlyName PhoneNumber Origin Page*
POST /IncomingPhoneNumbers.json ApiVersion FriendlyName SmsApplicationSid SmsFallbackMethod SmsFallbackUrl SmsMethod SmsUrl StatusCallback StatusCallbackMethod VoiceApplicationSid VoiceCallerIdLookup VoiceFallbackMethod VoiceFallbackUrl VoiceMethod VoiceUrl EmergencyStatus EmergencyAddressSid TrunkSid IdentitySid AddressSid VoiceReceiveMode BundleSid PhoneNumber AreaCode
GET /IncomingPhoneNumbers/{ResourceSid}/AssignedAddOns/{Sid}.json
DELETE /IncomingPhoneNumbers/{ResourceSid}/AssignedAddOns/{Sid}.json
GET /IncomingPhoneNumbers/{ResourceSid}/AssignedAddOns.json Page*
POST /IncomingPhoneNumbers/{ResourceSid}/AssignedAddOns.json InstalledAddOnSid
GET /IncomingPhoneNumbers/{ResourceSid}/AssignedAddOns/{AssignedAddOnSid}/Extensions/{Sid}.json
GET /IncomingPhoneNumbers/{ResourceSid}/AssignedAddOns/{AssignedAddOnSid}/Extensions.json Page*
GET /IncomingPhoneNumbers/Local.json Beta FriendlyName PhoneNumber Origin Page*
POST /IncomingPhoneNumbers/Local.json PhoneNumber ApiVersion FriendlyName SmsApplicationSid SmsFallbackMethod SmsFallbackUrl SmsMethod SmsUrl StatusCallback StatusCallbackMethod VoiceApplicationSid VoiceCallerIdLookup VoiceFallbackMethod VoiceFallbackUrl VoiceMethod VoiceUrl IdentitySid AddressSid EmergencyStatus EmergencyAddressSid TrunkSid VoiceReceiveMode BundleSid
GET /IncomingPhoneNumbers/Mobile.json Beta FriendlyName PhoneNumber Origin Page*
POST /IncomingPhoneNumbers/Mobile.json PhoneNumber ApiVersion FriendlyName SmsApplicationSid SmsFallbackMethod SmsFallbackUrl SmsMethod SmsUrl StatusCallback StatusCallbackMethod VoiceApplicationSid VoiceCallerIdLookup VoiceFallbackMethod VoiceFallbackUrl VoiceMethod VoiceUrl IdentitySid AddressSid EmergencyStatus EmergencyAddressSid TrunkSid VoiceReceiveMode BundleSid
GET /IncomingPhoneNumbers/TollFree.json Beta FriendlyName PhoneNumber Origin Page*
POST /IncomingPhoneNumbers/TollFree.json PhoneNumber ApiVersion FriendlyName SmsApplicationSid SmsFallbackMethod SmsFallbackUrl SmsMethod SmsUrl StatusCallback StatusCallbackMethod VoiceApplicationSid VoiceCallerIdLookup VoiceFallbackMethod VoiceFallbackUrl VoiceMethod VoiceUrl IdentitySid AddressSid EmergencyStatus EmergencyAddressSid TrunkSid VoiceReceiveMode BundleSid
GET /Keys/{Sid}.json
POST /Keys/{Sid}.json FriendlyName
DELETE /Keys/{Sid}.json
GET /Keys.json Page*
POST /Keys.json FriendlyName
GET /Messages/{MessageSid}/Media/{Sid}.json
DELETE /Messages/{MessageSid}/Media/{Sid}.json
GET /Messages/{MessageSid}/Media.json DateCreated DateCreated< DateCreated> Page*
GET /Queues/{QueueSid}/Members/{CallSid}.json
POST /Queues/{QueueSid}/Members/{CallSid}.json Url Method
GET /Queues/{QueueSid}/Members.json Page*
GET /Messages.json To From DateSent DateSent< DateSent> Page*
POST /Messages.json To StatusCallback ApplicationSid MaxPrice ProvideFeedback Attempt ValidityPeriod ForceDelivery ContentRetention AddressRetention SmartEncoded PersistentAction TrafficType ShortenUrls ScheduleType SendAt SendAsMms ContentVariables RiskCheck From FallbackFrom MessagingServiceSid Body MediaUrl ContentSid
GET /Messages/{Sid}.json
POST /Messages/{Sid}.json Body Status
DELETE /Messages/{Sid}.json
POST /Messages/{MessageSid}/Feedback.json Outcome
GET /SigningKeys.json Page*
POST /SigningKeys.json FriendlyName
GET /Notifications/{Sid}.json
GET /Notifications.json Log MessageDate MessageDate< MessageDate> Page*
GET /OutgoingCallerIds/{Sid}.json
POST /OutgoingCallerIds/{Sid}.json FriendlyName
DELETE /OutgoingCallerIds/{Sid}.json
GET /OutgoingCallerIds.json PhoneNumber FriendlyName Page*
POST /OutgoingCallerIds.json PhoneNumber FriendlyName CallDelay Extension StatusCallback StatusCallbackMethod
GET /Conferences/{ConferenceSid}/Participants/{CallSid}.json
POST /Conferences/{ConferenceSid}/Participants/{CallSid}.json Muted Hold HoldUrl HoldMethod AnnounceUrl AnnounceMethod WaitUrl WaitMethod BeepOnExit EndConferenceOnExit Coaching CallSidToCoach
DELETE /Conferences/{ConferenceSid}/Participants/{CallSid}.json
GET /Conferences/{ConferenceSid}/Participants.json Muted Hold Coaching Page*
POST /Conferences/{ConferenceSid}/Participants.json From To StatusCallback StatusCallbackMethod StatusCallbackEvent Label Timeout Record Muted Beep StartConferenceOnEnter EndConferenceOnExit WaitUrl WaitMethod EarlyMedia MaxParticipants ConferenceRecord ConferenceTrim ConferenceStatusCallback ConferenceStatusCallbackMethod ConferenceStatusCallbackEvent RecordingChannels RecordingStatusCallback RecordingStatusCallbackMethod SipAuthUsername SipAuthPassword Region ConferenceRecordingStatusCallback ConferenceRecordingStatusCallbackMethod RecordingStatusCallbackEvent ConferenceRecordingStatusCallbackEvent Coaching CallSidToCoach JitterBufferSize Byoc CallerId CallReason RecordingTrack TimeLimit MachineDetection MachineDetectionTimeout MachineDetectionSpeechThreshold MachineDetectionSpeechEndThreshold MachineDetectionSilenceTimeout AmdStatusCallback AmdStatusCallbackMethod Trim CallToken ClientNotificationUrl CallerDisplayName
POST /Calls/{CallSid}/Payments.json IdempotencyKey StatusCallback BankAccountType ChargeAmount Currency Description Input MinPostalCodeLength Parameter PaymentConnector PaymentMethod PostalCode SecurityCode Timeout TokenType ValidCardTypes RequireMatchingInputs Confirmation
POST /Calls/{CallSid}/Payments/{Sid}.json IdempotencyKey StatusCallback Capture Status
GET /Queues/{Sid}.json
POST /Queues/{Sid}.json FriendlyName MaxSize
DELETE /Queues/{Sid}.json
GET /Queues.json Page*
POST /Queues.json FriendlyName MaxSize
POST /Calls/{CallSid}/Transcriptions.json Name Track StatusCallbackUrl StatusCallbackMethod InboundTrackLabel OutboundTrackLabel PartialResults LanguageCode TranscriptionEngine ProfanityFilter SpeechModel Hints EnableAutomaticPunctuation IntelligenceService ConversationConfiguration ConversationId ConfigurationId EnableProviderData
POST /Calls/{CallSid}/Transcriptions/{Sid}.json Status
GET /Recordings/{Sid}.json IncludeSoftDeleted
DELETE /Recordings/{Sid}.json
GET /Recordings.json DateCreated DateCreated< DateCreated> CallSid ConferenceSid IncludeSoftDeleted Page*
GET /Recordings/{ReferenceSid}/AddOnResults/{Sid}.json
DELETE /Recordings/{ReferenceSid}/AddOnResults/{Sid}.json
GET /Recordings/{ReferenceSid}/AddOnResults.json Page*
GET /Recordings/{ReferenceSid}/AddOnResults/{AddOnResultSid}/Payloads/{Sid}.json
DELETE /Recordings/{ReferenceSid}/AddOnResults/{AddOnResultSid}/Payloads/{Sid}.json
GET /Recordings/{ReferenceSid}/AddOnResults/{AddOnResultSid}/Payloads.json Page*
GET /Recordings/{ReferenceSid}/AddOnResults/{AddOnResultSid}/Payloads/{PayloadSid}/Data.json
GET /Recordings/{RecordingSid}/Transcriptions/{Sid}.json
DELETE /Recordings/{RecordingSid}/Transcriptions/{Sid}.json
GET /Recordings/{RecordingSid}/Transcriptions.json Page*
GET /SMS/ShortCodes/{Sid}.json
POST /SMS/ShortCodes/{Sid}.json FriendlyName ApiVersion SmsUrl SmsMethod SmsFallbackUrl SmsFallbackMethod
GET /SMS/ShortCodes.json FriendlyName ShortCode Page*
GET /SigningKeys/{Sid}.json
POST /SigningKeys/{Sid}.json FriendlyName
DELETE /SigningKeys/{Sid}.json
GET /SIP/Domains/{DomainSid}/Auth/Calls/CredentialListMappings.json Page*
POST /SIP/Domains/{DomainSid}/Auth/Calls/CredentialListMappings.json CredentialListSid
GET /SIP/Domains/{DomainSid}/Auth/Calls/CredentialListMappings/{Sid}.json
DELETE /SIP/Domains/{DomainSid}/Auth/Calls/CredentialListMappings/{Sid}.json
GET /SIP/Domains/{DomainSid}/Auth/Calls/IpAccessControlListMappings.json Page*
POST /SIP/Domains/{DomainSid}/Auth/Calls/IpAccessControlListMappings.json IpAccessControlListSid
GET /SIP/Domains/{DomainSid}/Auth/Calls/IpAccessControlListMappings/{Sid}.json
DELETE /SIP/Domains/{DomainSid}/Auth/Calls/IpAccessControlListMappings/{Sid}.json
GET /SIP/Domains/{DomainSid}/Auth/Registrations/CredentialListMappings.json Page*
POST /SIP/Domains/{DomainSid}/Auth/Registrations/CredentialListMappings.json CredentialListSid
GET /SIP/Domains/{DomainSid}/Auth/Registrations/CredentialListMappings/{Sid}.json
DELETE /SIP/Domains/{DomainSid}/Auth/Registrations/CredentialListMappings/{Sid}.json
GET /SIP/CredentialLists/{CredentialListSid}/Credentials.json Page*
POST /SIP/CredentialLists/{CredentialListSid}/Credentials.json Username Password
GET /SIP/CredentialLists/{CredentialListSid}/Credentials/{Sid}.json
POST /SIP/CredentialLists/{CredentialListSid}/Credentials/{Sid}.json Password
DELETE /SIP/CredentialLists/{CredentialListSid}/Credentials/{Sid}.json
GET /SIP/CredentialLists.json Page*
POST /SIP/CredentialLists.json FriendlyName
GET /SIP/CredentialLists/{Sid}.json
POST /SIP/CredentialLists/{Sid}.json FriendlyName
DELETE /SIP/CredentialLists/{Sid}.json
GET /SIP/Domains/{DomainSid}/CredentialListMappings.json Page*
POST /SIP/Domains/{DomainSid}/CredentialListMappings.json CredentialListSid
GET /SIP/Domains/{DomainSid}/CredentialListMappings/{Sid}.json
DELETE /SIP/Domains/{DomainSid}/CredentialListMappings/{Sid}.json
GET /SIP/Domains.json Page*
POST /SIP/Domains.json DomainName FriendlyName VoiceUrl VoiceMethod VoiceFallbackUrl VoiceFallbackMethod VoiceStatusCallbackUrl VoiceStatusCallbackMethod SipRegistration EmergencyCallingEnabled Secure ByocTrunkSid EmergencyCallerSid
GET /SIP/Domains/{Sid}.json
POST /SIP/Domains/{Sid}.json FriendlyName VoiceFallbackMethod VoiceFallbackUrl VoiceMethod VoiceStatusCallbackMethod VoiceStatusCallbackUrl VoiceUrl SipRegistration DomainName EmergencyCallingEnabled Secure ByocTrunkSid EmergencyCallerSid
DELETE /SIP/Domains/{Sid}.json
GET /SIP/IpAccessControlLists.json Page*
POST /SIP/IpAccessControlLists.json FriendlyName
GET /SIP/IpAccessControlLists/{Sid}.json
POST /SIP/IpAccessControlLists/{Sid}.json FriendlyName
DELETE /SIP/IpAccessControlLists/{Sid}.json
GET /SIP/Domains/{DomainSid}/IpAccessControlListMappings/{Sid}.json
DELETE /SIP/Domains/{DomainSid}/IpAccessControlListMappings/{Sid}.json
GET /SIP/Domains/{DomainSid}/IpAccessControlListMappings.json Page*
POST /SIP/Domains/{DomainSid}/IpAccessControlListMappings.json IpAccessControlListSid
GET /SIP/IpAccessControlLists/{IpAccessControlListSid}/IpAddresses.json Page*
POST /SIP/IpAccessControlLists/{IpAccessControlListSid}/IpAddresses.json FriendlyName IpAddress CidrPrefixLength
GET /SIP/IpAccessControlLists/{IpAccessControlListSid}/IpAddresses/{Sid}.json
POST /SIP/IpAccessControlLists/{IpAccessControlListSid}/IpAddresses/{Sid}.json IpAddress FriendlyName CidrPrefixLength
DELETE /SIP/IpAccessControlLists/{IpAccessControlListSid}/IpAddresses/{Sid}.json
POST /Calls/{CallSid}/Siprec.json Name ConnectorName Track StatusCallback StatusCallbackMethod Parameter*
POST /Calls/{CallSid}/Siprec/{Sid}.json Status
POST /Calls/{CallSid}/Streams.json Url Name Track StatusCallback StatusCallbackMethod Parameter*
POST /Calls/{CallSid}/Streams/{Sid}.json Status
POST /Tokens.json Ttl
GET /Transcriptions/{Sid}.json
DELETE /Transcriptions/{Sid}.json
GET /Transcriptions.json Page*
GET /Usage/Records.json Category StartDate EndDate IncludeSubaccounts Page*
GET /Usage/Records/AllTime.json Category StartDate EndDate IncludeSubaccounts Page*
GET /Usage/Records/Daily.json Category StartDate EndDate IncludeSubaccounts Page*
GET /Usage/Records/LastMonth.json Category StartDate EndDate IncludeSubaccounts Page*
GET /Usage/Records/Monthly.json Category StartDate EndDate IncludeSubaccounts Page*
GET /Usage/Records/ThisMonth.json Category StartDate EndDate IncludeSubaccounts Page*
GET /Usage/Records/Today.json Category StartDate EndDate IncludeSubaccounts Page*
GET /Usage/Records/Yearly.json Category StartDate EndDate IncludeSubaccounts Page*
GET /Usage/Records/Yesterday.json Category StartDate EndDate IncludeSubaccounts Page*
GET /Usage/Triggers/{Sid}.json
POST /Usage/Triggers/{Sid}.json CallbackMethod CallbackUrl FriendlyName
DELETE /Usage/Triggers/{Sid}.json
GET /Usage/Triggers.json Recurring TriggerBy UsageCategory Page*
POST /Usage/Triggers.json CallbackUrl TriggerValue UsageCategory CallbackMethod FriendlyName Recurring TriggerBy
POST /Calls/{CallSid}/UserDefinedMessages.json Content IdempotencyKey
POST /Calls/{CallSid}/UserDefinedMessageSubscriptions.json Callback IdempotencyKey Method
DELETE /Calls/{CallSid}/UserDefinedMessageSubscriptions/{Sid}.json
`;

export interface Operation {
  /** `GET /Calls/{Sid}.json`. */
  readonly name: string;
  readonly method: string;
  /** `/Calls/{Sid}.json`. */
  readonly path: string;
  /** Whether it has a parameter of this name. */
  readonly knows: (parameter: string) => boolean;
  readonly parameters: readonly string[];
}

const pages = ["PageSize", "Page", "PageToken"];

export const operations: readonly Operation[] = described
  .trim()
  .split("\n")
  .map((line) => {
    const [method = "", path = "", ...names] = line.trim().split(" ");
    const parameters = names.flatMap((name) => (name === "Page*" ? pages : [name]));
    const numbered = parameters.includes("Parameter*");
    return {
      name: `${method} ${path}`,
      method,
      path,
      parameters,
      knows: (name) =>
        parameters.includes(name) || (numbered && /^Parameter\d{1,2}\.(Name|Value)$/.test(name)),
    };
  });

/** Fixed words win over `{Sid}`: IncomingPhoneNumbers/Local.json is no number. */
const byPath = [...new Set(operations.map(({ path }) => path))]
  .map((path) => ({
    of: operations.filter((one) => one.path === path),
    open: path.split("{").length,
    pattern: new RegExp(`^${path.replaceAll(".", "\\.").replace(/\{\w+\}/g, "[^/]+?")}$`),
  }))
  .sort((one, other) => one.open - other.open);

/** What can be done at a path below the account; empty where there is nothing. */
export function operationsAt(path: string): readonly Operation[] {
  return byPath.find(({ pattern }) => pattern.test(path))?.of ?? [];
}
