"""What every cog shares: cards, buttons, forms, and the answer to an error."""
