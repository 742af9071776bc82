/** An exponentially weighted mean: the newest value counts a quarter. */
export class MovingAverage {
  constructor(private current: number) {}

  get value(): number {
    return this.current;
  }

  add(value: number): void {
    this.current += (value - this.current) / 4;
  }
}
