#!/usr/bin/env sh
':' /*
# Read by sh, which makes way for Node with settings that only count from a process's start; Node takes this for a comment.
if [ "$1" = serve ]; then
  # What threads free goes back to the system: large blocks at once, others sooner with two arenas than with one per thread.
  export MALLOC_ARENA_MAX="${MALLOC_ARENA_MAX:-2}" MALLOC_MMAP_THRESHOLD_="${MALLOC_MMAP_THRESHOLD_:-262144}"
  # What a request leaves behind is garbage soon: a nursery of a quarter of the usual size is as fast, and keeps less of it.
  exec node --max-semi-space-size=4 "$0" "$@"
fi
exec node "$0" "$@"
*/
import '../dist/main.js'
