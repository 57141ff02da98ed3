"""From labelled clips to the weights of a network. Never imported by the app."""
