import { OpenBatches } from './open-batches';

describe('the batches that are being sent', () => {
  it('end with the last of their facts, in whatever order these are sent', () => {
    const open = new OpenBatches();
    open.open('b1', ['f1', 'f2']);
    open.open('b2', ['f3']);
    expect(open.sent(['f2'])).toEqual([]);
    expect([...(open.leftOf('b1') ?? [])]).toEqual(['f1']);
    expect(open.sent(['f3', 'f1'])).toEqual(['b2', 'b1']);
    expect(open.leftOf('b1')).toBeUndefined();
  });

  it('keep what is left of them when a read finds them again', () => {
    const open = new OpenBatches();
    open.open('b1', ['f1', 'f2']);
    open.sent(['f1']);
    open.open('b1', ['f1', 'f2']);
    expect([...(open.leftOf('b1') ?? [])]).toEqual(['f2']);
  });

  it('end together when a fact was asked for again before it was sent', () => {
    const open = new OpenBatches();
    open.open('b1', ['f1']);
    open.open('again', ['f1', 'f2']);
    expect(open.sent(['f1'])).toEqual(['b1']);
    expect(open.sent(['f2'])).toEqual(['again']);
  });

  it('are all whole again after a failure', () => {
    const open = new OpenBatches();
    open.open('b1', ['f1', 'f2']);
    open.sent(['f1']);
    open.forget();
    open.open('b1', ['f1', 'f2']);
    expect([...(open.leftOf('b1') ?? [])]).toEqual(['f1', 'f2']);
  });
});
