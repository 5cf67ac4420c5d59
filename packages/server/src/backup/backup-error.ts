/** A backup that cannot be made, or one that must not be restored; the message is for the person at the terminal. */
export class BackupError extends Error {}
