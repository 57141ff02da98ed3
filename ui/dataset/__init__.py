"""The sections of the Data page; each shows one view of the clips that the filters let through."""
