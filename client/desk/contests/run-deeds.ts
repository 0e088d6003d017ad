/** What can be done with a round that runs. */
export type RunDeed = 'extend' | 'close' | 'extraTime' | 'outage' | 'freeze' | 'reveal';
