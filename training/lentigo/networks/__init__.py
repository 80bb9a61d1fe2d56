"""The networks of the papers and our own, in plain PyTorch, with the published `state_dict` names."""
