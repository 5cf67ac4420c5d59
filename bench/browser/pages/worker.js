self.addEventListener('message', ({ data }) => {
  throw new Error(data)
})
