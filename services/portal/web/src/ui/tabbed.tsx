import { Tabs } from '@mantine/core';
import type { ReactNode } from 'react';

export interface TabbedProps<Tab extends string> {
  /** What the tabs choose among, for who does not see that they belong together. */
  readonly label: string;
  readonly tabs: readonly Tab[];
  readonly labelOf: (tab: Tab) => ReactNode;
  readonly shown: Tab;
  readonly onShow: (tab: Tab) => void;
  readonly children: ReactNode;
}

/** Parts of a screen of which one is shown; the others are not there. */
export function Tabbed<Tab extends string>({ label, tabs, labelOf, shown, onShow, children }: TabbedProps<Tab>) {
  return (
    <Tabs
      value={shown}
      onChange={(chosen) => {
        const tab = tabs.find((one) => one === chosen);
        if (tab !== undefined) onShow(tab);
      }}
    >
      <Tabs.List aria-label={label}>
        {tabs.map((one) => (
          <Tabs.Tab key={one} value={one}>
            {labelOf(one)}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Tabs.Panel value={shown} pt="md">
        {children}
      </Tabs.Panel>
    </Tabs>
  );
}
