export type { Contract, ContractDocument, Given } from './contract';
export type { Explanation } from './explanation';
export { loadContract } from './load-contract';
export { type Delivery, givenOf } from './pathway-facts';
export { type Amounts, checkExamples, price, type Priced } from './price';
