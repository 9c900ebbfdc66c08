import { ActionIcon, useMantineColorScheme } from "@mantine/core";
import {
  type Icon,
  IconBinaryTree2,
  IconDeviceDesktop,
  IconHash,
  IconMoon,
  IconPhoneCall,
  IconSun,
} from "@tabler/icons-react";
import { Link, useLocation } from "wouter";
import { api } from "../api.ts";
import { Dropdown } from "./dropdown.tsx";
import { useSession } from "./session.ts";

const places: readonly { href: string; label: string; icon: Icon }[] = [
  { href: "/flows", label: "Flows", icon: IconBinaryTree2 },
  { href: "/calls", label: "Calls", icon: IconPhoneCall },
  { href: "/numbers", label: "Numbers", icon: IconHash },
];

/** The way to everywhere, with who is signed in at its foot. */
export function Rail() {
  const [location] = useLocation();
  const { user, client } = useSession();
  const initials = user.name
    .split(/\s+/)
    .map((word) => word[0] ?? "")
    .join("")
    .slice(0, 2)
    .toUpperCase();
  return (
    <nav className="rail" aria-label="Main">
      <div className="mark" aria-hidden>
        T
      </div>
      {places.map(({ href, label, icon: Drawn }) => (
        <Link
          key={href}
          href={href}
          className="rail-link"
          data-tip={label}
          data-tip-side="right"
          aria-label={label}
          aria-current={location.startsWith(href) ? "page" : undefined}
        >
          <Drawn size={20} stroke={1.75} aria-hidden />
        </Link>
      ))}
      <div style={{ flex: 1 }} />
      <ThemeToggle />
      <Dropdown
        label={`${user.name}, ${client.name}`}
        className="avatar"
        face={initials}
        side="right"
        heading={`${user.name} · ${client.name}`}
        items={[
          { name: "Sign out", run: () => void api.signOut().then(() => window.location.assign("/sign-in")) },
        ]}
      />
    </nav>
  );
}

const schemes = { light: "dark", dark: "auto", auto: "light" } as const;
const schemeIcons = { light: IconSun, dark: IconMoon, auto: IconDeviceDesktop };

function ThemeToggle() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const Drawn = schemeIcons[colorScheme];
  return (
    <ActionIcon
      size={36}
      data-tip={`Theme: ${colorScheme}`}
      data-tip-side="right"
      aria-label={`Theme: ${colorScheme}. Change to ${schemes[colorScheme]}`}
      onClick={() => setColorScheme(schemes[colorScheme])}
    >
      <Drawn size={18} stroke={1.75} />
    </ActionIcon>
  );
}
