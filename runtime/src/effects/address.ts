/**
 * Which addresses a request of ours may reach: public ones only. A name says nothing; what it resolves to at the moment
 * of connecting does. Pure. Sources: IANA's registries of special-purpose IPv4 and IPv6 addresses.
 */
import { BlockList, isIPv4, isIPv6 } from "node:net";

const refused = new BlockList();
for (const [net, bits] of [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10], // shared by carriers' translators
  ["127.0.0.0", 8],
  ["168.63.129.16", 32], // a cloud's own service, at an address that looks public
  ["169.254.0.0", 16], // link-local, and the metadata of most clouds
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 4], // multicast
  ["240.0.0.0", 4],
] as const)
  refused.addSubnet(net, bits, "ipv4");
for (const [net, bits] of [
  ["2001::", 23], // Teredo and others that carry an IPv4 address
  ["2001:db8::", 32],
  ["2002::", 16], // 6to4
  ["3fff::", 20],
] as const)
  refused.addSubnet(net, bits, "ipv6");

/** Everything else of IPv6 is local, mapped from IPv4, translated, multicast or nobody's. */
const global = new BlockList();
global.addSubnet("2000::", 3, "ipv6");

export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) return !refused.check(address, "ipv4");
  return isIPv6(address) && global.check(address, "ipv6") && !refused.check(address, "ipv6");
}

const loopback = new BlockList();
loopback.addSubnet("127.0.0.0", 8, "ipv4");
loopback.addAddress("::1", "ipv6");

/** This machine itself: for tests and the demo, when the operator allows it. */
export function isLoopback(address: string): boolean {
  return isIPv4(address)
    ? loopback.check(address, "ipv4")
    : isIPv6(address) && loopback.check(address, "ipv6");
}
