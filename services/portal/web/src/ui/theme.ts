import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';
import type { KeyboardEvent } from 'react';

/** Lagoon: what one acts upon. */
const lagoon: MantineColorsTuple = [
  '#e8f6f6',
  '#d3eaeb',
  '#a6d5d7',
  '#75bfc3',
  '#4eacb1',
  '#2f969c',
  '#17858c',
  '#0b6e75',
  '#0b5f66',
  '#064c52',
];

/** Madder: the thread itself, and nothing else: a red that says alarm would drown it. */
const madder: MantineColorsTuple = [
  '#fdeef0',
  '#f6d9dd',
  '#ecb0b8',
  '#e2848f',
  '#da5f6d',
  '#cf4254',
  '#bb3246',
  '#a3283b',
  '#8c2032',
  '#731727',
];

/** Slate: the ground, a little blue so that white paper stands out. */
const slate: MantineColorsTuple = [
  '#f4f6f8',
  '#e7ebef',
  '#d2d9e0',
  '#b3bfca',
  '#8e9dab',
  '#6c7d8d',
  '#546473',
  '#3f4d5a',
  '#2b3640',
  '#1a222a',
];

/** Brick: what cannot easily be taken back; white stands out on it in both schemes. */
const red: MantineColorsTuple = [
  '#fdebe7',
  '#fbd5cd',
  '#f5aa9c',
  '#ee7d69',
  '#e6573e',
  '#d63d22',
  '#c2301a',
  '#a8200d',
  '#8c1a0a',
  '#701407',
];

/** What Mantine draws inputs, buttons and lines with in the dark: slate too, where its own greys would look brown. */
const dark: MantineColorsTuple = [
  '#d5dde4',
  '#b8c4ce',
  '#95a3b0',
  '#6c7d8d',
  '#3d4a56',
  '#2d3944',
  '#222d37',
  '#182028',
  '#131a20',
  '#0d1317',
];

/** How one chooses in any list that opens under a field. */
const list = {
  // A list that opens by itself hides what one came to read, and cannot be left by Tab alone.
  openOnFocus: false,
  // Whoever types a few letters takes the first one that has them by Enter.
  selectFirstOptionOnChange: true,
  // Enter chooses here: where there is nothing to choose it does not send the form that the field stands in.
  onKeyDown: (event: KeyboardEvent): void => {
    if (event.key === 'Enter') event.preventDefault();
  },
};

export const theme = createTheme({
  primaryColor: 'lagoon',
  primaryShade: 7,
  autoContrast: true,
  luminanceThreshold: 0.35,
  colors: { dark, lagoon, madder, red, slate },
  fontFamily: "'Inter Variable', system-ui, sans-serif",
  headings: { fontFamily: "'Inter Variable', system-ui, sans-serif", fontWeight: '640' },
  defaultRadius: 'md',
  focusRing: 'always',
  cursorType: 'pointer',
  respectReducedMotion: true,
  // The head of a dialog is not a second banner of the page.
  components: {
    ModalHeader: { defaultProps: { role: 'presentation' } },
    DrawerHeader: { defaultProps: { role: 'presentation' } },
    // A dialog holds the wheel and the finger; to hide the scroll bar as well has every style of the page computed anew.
    ModalRoot: { defaultProps: { removeScrollProps: { removeScrollBar: false } } },
    DrawerRoot: { defaultProps: { removeScrollProps: { removeScrollBar: false } } },
    // A menu holds its items and nothing else, and stands where it was opened: within the landmark of its button.
    Menu: { defaultProps: { withInitialFocusPlaceholder: false, withinPortal: false } },
    Select: { defaultProps: list },
    MultiSelect: { defaultProps: list },
  },
});

const onLight = {
  '--mantine-color-body': '#f6f7f9',
  '--mantine-color-yellow-light': '#fff2dd',
  '--mantine-color-yellow-light-color': '#8a4b00',
  '--mantine-color-red-light': '#fdebe7',
  '--mantine-color-red-light-color': '#a8200d',
  '--mantine-color-dimmed': '#51606e',
  '--mantine-color-error': '#a8200d',
  '--mantine-color-placeholder': '#5d6b79',
  '--ariane-paper': '#ffffff',
  '--ariane-line': '#dfe4e9',
  '--ariane-ink': '#1a222a',
  '--ariane-thread': '#a3283b',
  '--ariane-urgent': '#a8200d',
  '--ariane-urgent-ground': '#fdebe7',
  '--ariane-late': '#8a4b00',
  '--ariane-late-ground': '#fff2dd',
  '--ariane-done': '#1d6b3a',
  '--ariane-done-ground': '#e6f4ea',
  '--ariane-calm': '#0b5f66',
  '--ariane-calm-ground': '#e8f6f6',
} as const;

const onDark = {
  '--mantine-color-body': '#11171c',
  '--mantine-color-yellow-light': '#3a2b14',
  '--mantine-color-yellow-light-color': '#ffc069',
  '--mantine-color-red-light': '#43201b',
  '--mantine-color-red-light-color': '#ff9d8a',
  '--mantine-color-lagoon-light': '#12343a',
  '--mantine-color-lagoon-light-hover': '#174149',
  '--mantine-color-lagoon-light-color': '#8fd8dc',
  '--mantine-color-lagoon-outline': '#7fd1d6',
  '--mantine-color-dimmed': '#a3b1be',
  '--mantine-color-error': '#ff9d8a',
  '--mantine-color-placeholder': '#95a3b0',
  '--ariane-paper': '#182028',
  '--ariane-line': '#2d3944',
  '--ariane-ink': '#e7ebef',
  '--ariane-thread': '#f2909d',
  '--ariane-urgent': '#ff9d8a',
  '--ariane-urgent-ground': '#43201b',
  '--ariane-late': '#ffc069',
  '--ariane-late-ground': '#3a2b14',
  '--ariane-done': '#83d59c',
  '--ariane-done-ground': '#173222',
  '--ariane-calm': '#7fd1d6',
  '--ariane-calm-ground': '#12343a',
} as const;

/** Colours by meaning, each with 4.5 : 1 against the ground it stands on, in both schemes. */
export const cssVariables: CSSVariablesResolver = () => ({ variables: {}, light: onLight, dark: onDark });
