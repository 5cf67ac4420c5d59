setTimeout(() => {
  throw new Error('from another origin')
})
