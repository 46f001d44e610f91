import { TextInput } from '../../ui';

export interface DayFieldProps {
  readonly label: string;
  readonly description?: string;
  /** A civil day, or empty. */
  readonly value: string;
  readonly error: string | undefined;
  readonly isRequired?: boolean;
  readonly onChange: (day: string) => void;
}

/** A civil day, in the browser's own field: by keys, by voice and on a phone. */
export function DayField({ isRequired = false, onChange, ...field }: DayFieldProps) {
  return (
    <TextInput
      {...field}
      type="date"
      required={isRequired}
      onChange={(event) => {
        onChange(event.currentTarget.value);
      }}
    />
  );
}
