/** How the sensitivities are called in lists. */
export const sensitivityChoices = [
  { value: "public", label: "Public" },
  { value: "internal", label: "Internal" },
  { value: "phi", label: "PHI" },
];
