import { createTheme, type MantineColorsTuple } from '@mantine/core';

/** The one accent colour. Shade 7 on white and shade 4 on near-black both exceed a contrast of 5:1. */
const teal: MantineColorsTuple = [
  '#e5f6f5',
  '#cbeae8',
  '#9ad7d3',
  '#66c2bd',
  '#41b0aa',
  '#2aa29c',
  '#159089',
  '#0b756f',
  '#085f5a',
  '#044a46',
];

/** Motion ends within 150 ms, and there is none where the system asks for none. */
const transition = { duration: 120 };

export const theme = createTheme({
  colors: { teal },
  primaryColor: 'teal',
  // One shade for filled parts in both schemes: white text on it exceeds 5:1.
  primaryShade: 7,
  fontFamily:
    'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", "Apple SD Gothic Neo", "Malgun Gothic", "Noto Sans KR", "Noto Sans CJK KR", sans-serif',
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, "Noto Sans Mono", monospace',
  headings: { fontWeight: '600' },
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Popover: { defaultProps: { transitionProps: transition } },
    Select: { defaultProps: { comboboxProps: { transitionProps: transition } } },
    Collapse: { defaultProps: { transitionDuration: 120 } },
    Accordion: { defaultProps: { transitionDuration: 120 } },
    SegmentedControl: { defaultProps: { transitionDuration: 120 } },
  },
});
