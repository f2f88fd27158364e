### Emergencies

emergency-label = Emergency
emergency-banner = { $count ->
    [one] A sign-in was changed in an emergency, or without its owner. Nobody has looked at it yet.
   *[other] { $count } sign-ins were changed in an emergency, or without their owners. Nobody has looked at them yet.
}
emergency-link = See what happened
emergency-title = Emergencies
emergency-none = There is nothing to look at.
emergency-lead = One administrator changed these sign-ins alone, or their owners say that it was without them. Another administrator looks at each.
emergency-row = { $name }: { $line }
emergency-disputed = { $name } says that this was without them: { $line }
