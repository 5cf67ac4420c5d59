interface Window {
  __FOGHORN__?: { dsn: string; release?: string }
}
