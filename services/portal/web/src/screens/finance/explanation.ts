/** Why an amount is what it is, as capitation keeps it; values are texts of the contract language. */
export type Explanation =
  | { readonly of: 'constant'; readonly value: string }
  | { readonly of: 'parameter'; readonly name: string; readonly value: string }
  | { readonly of: 'fact'; readonly name: string; readonly value: string; readonly events: readonly string[] }
  | { readonly of: 'component'; readonly name: string; readonly value: string; readonly because: Explanation }
  | {
      readonly of: 'operation';
      readonly operator: string;
      readonly clause?: string;
      readonly value: string;
      readonly from: readonly Explanation[];
    }
  | {
      readonly of: 'allocation';
      readonly id: string;
      readonly value: string;
      readonly rule: string;
      readonly total: Explanation;
      readonly weights: readonly { readonly id: string; readonly because: Explanation }[];
      readonly already: readonly { readonly id: string; readonly value: string }[];
    };
