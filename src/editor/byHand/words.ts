/** What the views and notices say of workers that work by hand; needed at every start. */
export const byHand = {
  where: { here: 'by hand, at this editor', elsewhere: 'by hand, elsewhere' },
  notices: {
    rejected: (what: string) => `${what}: the rejection has to be carried there, with the packet.`,
    answered: (who: string, question: number) =>
      `${who} works by hand: carry the answer to question ${question}.`,
    returned: (who: string, question: number) => `${who} works by hand: carry question ${question} back.`,
    several: (count: number) => `${count} things have to be carried to workers that work by hand.`,
    copyPacket: 'Copy the Packet',
    copyAnswer: 'Copy the Answer',
  },
} as const;
