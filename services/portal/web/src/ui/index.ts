/**
 * The only folder that imports Mantine: its majors come every year, and end here. Screens take their parts from this file.
 */
export {
  ActionIcon,
  Alert as Notice,
  Anchor,
  AppShell,
  Avatar,
  Box,
  Burger,
  Breadcrumbs,
  Button,
  Checkbox,
  Collapse,
  Divider,
  Drawer,
  FileInput,
  Grid,
  Group,
  List,
  Menu,
  Modal,
  MultiSelect,
  NavLink,
  Progress,
  Radio,
  ScrollArea,
  SegmentedControl,
  Select,
  SimpleGrid,
  Stack,
  Stepper,
  Switch,
  Table,
  Text,
  Textarea,
  TextInput,
  Title,
  Tooltip,
  UnstyledButton,
  useMantineColorScheme,
  VisuallyHidden,
} from '@mantine/core';
export { Spotlight, spotlight } from '@mantine/spotlight';
export { DateInput, DateTimePicker } from '@mantine/dates';
export { useDebouncedValue, useDisclosure, useMediaQuery } from '@mantine/hooks';
export { ChoiceDialog } from './choice-dialog';
export { ConfirmDialog, type ConfirmDialogProps } from './confirm-dialog';
export { ContextLines, type Titled } from './context-lines';
export { DataTable, type Column } from './data-table';
export { Facts, type FactRow } from './facts';
export { Later } from './later';
export { Page } from './page';
export { Panel } from './panel';
export { RowButton } from './row-button';
export { Empty, Failure, Loading, Loaded } from './states';
export { Split } from './split';
export { StatusMark, type Tone } from './status-mark';
export { tell, tellUndo } from './tell';
export { Tabbed } from './tabbed';
export { ThreadMark } from './thread-mark';
export { VirtualList } from './virtual-list';
export { UiProvider } from './provider';
export { Why } from './why';
