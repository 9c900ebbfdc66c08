/** Mantine's theme: one teal accent, cool neutral greys, 13 px controls. Colours by role live in styles.css. */
import { createTheme, type MantineColorsTuple } from "@mantine/core";

const teal: MantineColorsTuple = [
  "#e6f6f5",
  "#cfeae8",
  "#a3d8d4",
  "#6fc3bd",
  "#3fafa7",
  "#1f9c94",
  "#0f8079",
  "#0b6e68",
  "#085c57",
  "#044742",
];
const gray: MantineColorsTuple = [
  "#f7f8fa",
  "#eff2f5",
  "#e4e8ed",
  "#d3d9e0",
  "#b7c0ca",
  "#8b97a5",
  "#667382",
  "#4a5663",
  "#323c47",
  "#1c242d",
];
const dark: MantineColorsTuple = [
  "#e3e8ee",
  "#b8c1cc",
  "#95a1ae",
  "#6b7886",
  "#3d4854",
  "#2d3742",
  "#232b34",
  "#1a2028",
  "#13181e",
  "#0d1116",
];

export const theme = createTheme({
  primaryColor: "teal",
  primaryShade: 6,
  colors: { teal, gray, dark },
  fontFamily: '"Inter Variable", system-ui, sans-serif',
  fontFamilyMonospace: '"JetBrains Mono Variable", ui-monospace, monospace',
  defaultRadius: 6,
  fontSizes: { xs: "12px", sm: "13px", md: "14px", lg: "16px", xl: "20px" },
  spacing: { xs: "8px", sm: "12px", md: "16px", lg: "24px", xl: "32px" },
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { size: "xs" } },
    TextInput: { defaultProps: { size: "xs" } },
    Textarea: { defaultProps: { size: "xs" } },
    NativeSelect: { defaultProps: { size: "xs" } },
    Switch: { defaultProps: { size: "xs" } },
    Checkbox: { defaultProps: { size: "xs" } },
    Modal: {
      defaultProps: {
        closeButtonProps: { "aria-label": "Close" },
        transitionProps: { duration: 100 },
        overlayProps: { backgroundOpacity: 0.35 },
        centered: true,
      },
    },
    ActionIcon: { defaultProps: { variant: "subtle", color: "gray" } },
  },
});
