const mostKept = 256 * 1024;

/** The end of what a program writes. */
export class Tail {
  #parts: Buffer[] = [];
  #size = 0;
  /** Of everything that was written. */
  bytes = 0;

  add(data: Buffer): void {
    this.#parts.push(data);
    this.#size += data.length;
    this.bytes += data.length;
    if (this.#size <= 2 * mostKept) return;
    this.#parts = [this.#end()];
    this.#size = mostKept;
  }

  text(): string {
    const end = this.#end();
    const left = this.bytes - end.length;
    return left === 0
      ? end.toString('utf8')
      : `[${left} bytes before this are left out]\n${end.toString('utf8')}`;
  }

  #end(): Buffer {
    const all = Buffer.concat(this.#parts);
    return all.subarray(Math.max(0, all.length - mostKept));
  }
}
